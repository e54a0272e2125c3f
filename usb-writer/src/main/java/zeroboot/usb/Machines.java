package zeroboot.usb;

import java.nio.file.Path;
import java.util.Locale;
import zeroboot.usb.linux.LinuxMachine;

/** The machine that this program runs on. */
public final class Machines {
  private Machines() {}

  /** The port of this system. */
  public static Machine current() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("linux")) {
      return new LinuxMachine(Path.of("/"));
    }
    throw DeviceException.refused(
        "zboot", "devices are known on Linux only", "write the image with balenaEtcher or Rufus");
  }
}
