package zeroboot.usb.system;

import java.nio.file.Path;
import java.util.Locale;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Machine;
import zeroboot.usb.linux.LinuxMachine;
import zeroboot.usb.macos.MacMachine;
import zeroboot.usb.windows.WindowsMachine;

/** The machine that this program runs on. */
public final class Machines {
  private Machines() {}

  /** The port of this system. */
  public static Machine current() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("linux")) {
      return new LinuxMachine(Path.of("/"));
    }
    if (system.startsWith("mac")) {
      return new MacMachine();
    }
    if (system.startsWith("windows")) {
      return new WindowsMachine();
    }
    throw DeviceException.refused(
        "zboot",
        "devices are known on Linux, macOS and Windows only",
        "write the image with another program");
  }
}
