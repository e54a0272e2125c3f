package zeroboot.usb.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Machine;
import zeroboot.usb.Quietly;
import zeroboot.usb.Refusals;
import zeroboot.usb.write.RawDevice;

/** Unmounts and opens devices; apart from what only looks, so that looking loads nothing native. */
final class LinuxOpener {
  private final Machine machine;

  LinuxOpener(Machine machine) {
    this.machine = machine;
  }

  /** Unmounts in this order, and never lazily. */
  static void unmount(Device device, List<Mount> mounts) {
    for (Mount mount : mounts) {
      try {
        LibC.load().umount2(mount.point(), 0);
      } catch (LastErrorException e) {
        throw Refusals.cannotUnmount(
            device,
            mount.point(),
            LibC.load().words(e),
            e.getErrorCode() == LibC.EPERM
                ? "run the command with sudo"
                : "close what is open there; fuser -vm " + mount.point() + " shows it");
      }
    }
  }

  RawDevice open(Device device) {
    if (device.kind() == Device.Kind.FILE) {
      return openFile(device);
    }
    LinuxDevice open;
    try {
      open = LinuxDevice.openBlock(device.path());
    } catch (LastErrorException e) {
      throw cannotOpen(device, e);
    }
    try {
      checkIdentity(device, open);
      return open;
    } catch (IOException | RuntimeException e) {
      Quietly.close(open);
      if (e instanceof RuntimeException known) {
        throw known;
      }
      throw Refusals.changed(device, "it cannot be looked at any more");
    }
  }

  private static DeviceException cannotOpen(Device device, LastErrorException e) {
    if (e.getErrorCode() == LibC.EBUSY) {
      return Refusals.inUse(device, Openers.of(device));
    }
    return Refusals.cannotOpen(
        device,
        LibC.load().words(e),
        Files.isWritable(Path.of(device.path())) ? "plug it in again" : "try with sudo");
  }

  private static RawDevice openFile(Device device) {
    try {
      return LinuxDevice.openFile(device.path(), device.size());
    } catch (LastErrorException e) {
      throw Refusals.cannotOpen(device, LibC.load().words(e), "name another file");
    }
  }

  /** The question was about a device; what is open now has to be that one and no other. */
  private void checkIdentity(Device asked, LinuxDevice open) throws IOException {
    long number = ((Number) Files.getAttribute(open.opened(), "unix:rdev")).longValue();
    String opened = major(number) + ":" + minor(number);
    if (!opened.equals(asked.identity().number())) {
      throw Refusals.changed(asked, "another device has taken its name");
    }
    Refusals.checkSame(asked, machine.device(asked.path()), open.size());
    // What sysfs says now is of the name; this is of what is open.
    String sequence = asked.identity().sequence();
    if (!sequence.isEmpty() && !open.sequence().isEmpty() && !sequence.equals(open.sequence())) {
      throw Refusals.changed(asked, "it was pulled out, or its medium was changed");
    }
    if (open.isReadOnly()) {
      throw Refusals.writeProtected(asked);
    }
  }

  /** The C library's packing of a device number, makedev(3). */
  private static long major(long number) {
    return ((number >> 8) & 0xFFF) | ((number >> 32) & 0xFFFFF000L);
  }

  private static long minor(long number) {
    return (number & 0xFF) | ((number >> 12) & 0xFFFFFF00L);
  }
}
