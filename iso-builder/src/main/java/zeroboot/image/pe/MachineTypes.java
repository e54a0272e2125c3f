package zeroboot.image.pe;

/** What kinds of processor are called (PE format specification, "Machine Types"). */
public final class MachineTypes {
  private MachineTypes() {}

  /** For people: {@code x86-64}. */
  public static String shown(int machine) {
    return switch (machine) {
      case CoffHeader.MACHINE_AMD64 -> "x86-64";
      case 0x014C -> "x86 (32 bits)";
      case 0xAA64 -> "ARM64";
      case 0x5064 -> "RISC-V 64";
      case 0x6264 -> "LoongArch 64";
      default -> String.format("machine %04x", machine);
    };
  }
}
