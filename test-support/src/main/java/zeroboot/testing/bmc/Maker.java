package zeroboot.testing.bmc;

/** Whose controller it is. */
public enum Maker {
  /** Nobody's: the standard alone, without sessions. */
  PLAIN,
  DELL,
  HPE,
  LENOVO,
  SUPERMICRO,
  OPENBMC;

  SimService service(SimBmc bmc) {
    return switch (this) {
      case PLAIN -> new PlainService(bmc);
      case DELL -> new DellService(bmc);
      case HPE -> new HpeService(bmc);
      case LENOVO -> new LenovoService(bmc);
      case SUPERMICRO -> new SupermicroService(bmc);
      case OPENBMC -> new OpenBmcService(bmc);
    };
  }
}
