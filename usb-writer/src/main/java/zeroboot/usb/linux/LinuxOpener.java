package zeroboot.usb.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Machine;
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
        throw DeviceException.refused(
            device.path().toString(),
            mount.point() + " cannot be unmounted (" + LibC.words(e) + ")",
            "close what is open there; fuser -vm " + mount.point() + " shows it");
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
      closeQuietly(open);
      if (e instanceof RuntimeException known) {
        throw known;
      }
      throw changed(device, "it cannot be looked at any more");
    }
  }

  private static DeviceException cannotOpen(Device device, LastErrorException e) {
    String where = device.path().toString();
    if (e.getErrorCode() == LibC.EBUSY) {
      return DeviceException.refused(
          where,
          "another program has it, or a part of it, for itself" + Openers.of(device),
          "close that first");
    }
    return DeviceException.io(
        where,
        "cannot be opened for writing (" + LibC.words(e) + ")",
        Files.isWritable(device.path()) ? "plug it in again" : "try with sudo");
  }

  private static RawDevice openFile(Device device) {
    try {
      return LinuxDevice.openFile(device.path(), device.size());
    } catch (LastErrorException e) {
      throw DeviceException.io(
          device.path().toString(),
          "cannot be opened for writing (" + LibC.words(e) + ")",
          "name another file");
    }
  }

  /** The question was about a device; what is open now has to be that one and no other. */
  private void checkIdentity(Device asked, LinuxDevice open) throws IOException {
    long number = ((Number) Files.getAttribute(open.opened(), "unix:rdev")).longValue();
    String opened = major(number) + ":" + minor(number);
    if (!opened.equals(asked.identity().number())) {
      throw changed(asked, "another device has taken its name");
    }
    if (open.size() != asked.size()) {
      throw changed(asked, "its size was " + asked.size() + " bytes, now it is " + open.size());
    }
    String sequence = asked.identity().sequence();
    if (!sequence.isEmpty() && !open.sequence().isEmpty() && !sequence.equals(open.sequence())) {
      throw changed(asked, "it was pulled out, or its medium was changed");
    }
    Device now = machine.device(asked.path());
    if (!now.product().equals(asked.product())) {
      throw changed(asked, "it is " + now.shown() + " now");
    }
    if (open.isReadOnly()) {
      throw DeviceException.refused(
          asked.path().toString(), "is write-protected", "look for a lock switch");
    }
  }

  /** The C library's packing of a device number, makedev(3). */
  private static long major(long number) {
    return ((number >> 8) & 0xFFF) | ((number >> 32) & 0xFFFFF000L);
  }

  private static long minor(long number) {
    return (number & 0xFF) | ((number >> 12) & 0xFFFFFF00L);
  }

  private static DeviceException changed(Device device, String how) {
    return DeviceException.refused(
        device.path().toString(),
        "is not the device any more that you were asked about: " + how,
        "run the command again");
  }

  private static void closeQuietly(RawDevice device) {
    try {
      device.close();
    } catch (IOException e) {
      // Nothing was written; the error that brought us here says more.
      return;
    }
  }
}
