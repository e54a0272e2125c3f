package zeroboot.usb.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Machine;
import zeroboot.usb.Quietly;
import zeroboot.usb.RawDevice;
import zeroboot.usb.Refusals;
import zeroboot.usb.file.PlainFiles;

/** Unmounts and opens devices; apart from what only looks, so that looking loads nothing native. */
final class LinuxOpener {
  private static final int ELOOP = 40;
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

  /** The question was about a file; a link or another file may have taken its name. */
  private static RawDevice openFile(Device file) {
    Path real = PlainFiles.real(Path.of(file.path()));
    checkFile(file, real);
    LinuxDevice open;
    try {
      open = LinuxDevice.openFile(real, file.size());
    } catch (LastErrorException e) {
      if (e.getErrorCode() == ELOOP) {
        throw Refusals.changed(file, "it is a link now");
      }
      throw Refusals.cannotOpen(file, LibC.load().words(e), "name another file");
    }
    try {
      checkFile(file, open.opened());
    } catch (RuntimeException e) {
      Quietly.close(open);
      throw e;
    }
    return open;
  }

  private static void checkFile(Device asked, Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      if (!now.isRegularFile() || !asked.identity().equals(PlainFiles.identity(path, now))) {
        throw Refusals.changed(asked, "something else has taken its name");
      }
      if (now.size() != asked.size()) {
        throw Refusals.changed(asked, "it has " + now.size() + " bytes now");
      }
    } catch (IOException e) {
      throw Refusals.changed(asked, "it is gone");
    }
  }

  /** Makes a file where none is. */
  static RawDevice create(Device file, Path at) {
    try {
      return LinuxDevice.createFile(at.toString(), file.size());
    } catch (LastErrorException e) {
      throw e.getErrorCode() == LibC.EEXIST
          ? Refusals.changed(file, "something has taken its name")
          : DeviceException.io(
              file.path(), "cannot be made (" + LibC.load().words(e) + ")", "name another place");
    }
  }

  /** The question was about a device; what is open now has to be that one and no other. */
  private void checkIdentity(Device asked, LinuxDevice open) throws IOException {
    if (!UnixStat.of(open.opened()).device().equals(asked.identity().number())) {
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
    // Who asks for no exclusive access is not seen by the kernel: a virtual machine, a disk server.
    String writers = Openers.writers(asked);
    if (!writers.isEmpty()) {
      throw Refusals.inUse(asked, writers);
    }
  }
}
