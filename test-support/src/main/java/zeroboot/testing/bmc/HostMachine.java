package zeroboot.testing.bmc;

import java.nio.file.Path;

/** The machine that a controller switches on and off. */
public interface HostMachine {
  /** How the firmware sees the drive. */
  enum Seen {
    CD,
    DISK
  }

  /**
   * It starts, from this image.
   *
   * @param image what the controller has fetched; stays until the machine is off
   */
  void boot(Path image, Seen as);

  /** It starts, and finds nothing of ours. */
  void bootElsewhere();

  /** It is off. */
  void off();

  /** One that does nothing. */
  HostMachine NONE =
      new HostMachine() {
        @Override
        public void boot(Path image, Seen as) {}

        @Override
        public void bootElsewhere() {}

        @Override
        public void off() {}
      };
}
