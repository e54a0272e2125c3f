package zeroboot.cli.write;

import java.util.function.Supplier;
import zeroboot.ground.ZbootException;
import zeroboot.usb.DeviceException;

/** What the device writer has to complain about, as the command line's own kind of error. */
public final class DeviceErrors {
  private DeviceErrors() {}

  public static ZbootException translate(DeviceException e) {
    return switch (e.kind()) {
      case IO -> ZbootException.io(e.where(), e.what(), e.mend());
      case REFUSED -> ZbootException.refused(e.where(), e.what(), e.mend());
    };
  }

  public static <T> T translated(Supplier<T> action) {
    try {
      return action.get();
    } catch (DeviceException e) {
      throw translate(e);
    }
  }
}
