package zeroboot.usb.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import zeroboot.usb.Bus;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Geometry;
import zeroboot.usb.Identity;
import zeroboot.usb.Product;
import zeroboot.usb.Refusals;

/** What is no device: a file to write an image to, or a thing to write nothing to. */
public final class PlainFiles {
  private static final int BLOCK = 512;

  private PlainFiles() {}

  /**
   * A file, a folder, whatever lies there.
   *
   * @throws DeviceException if nothing does, or a plain file in the place of a device
   */
  public static Device at(Path path) {
    if (!Files.exists(path)) {
      throw DeviceException.io(
          path.toString(), "nothing is there", "zboot devices lists the disks");
    }
    boolean isPlain;
    long size;
    Path real;
    Identity identity;
    try {
      real = path.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      isPlain = attributes.isRegularFile();
      size = isPlain ? attributes.size() : 0;
      identity = identity(real, attributes);
    } catch (IOException e) {
      throw DeviceException.io(path.toString(), "cannot be looked at", "name another file");
    }
    if (isPlain && real.getFileSystem().getPath("/dev").equals(real.getParent())) {
      throw DeviceException.refused(
          path.toString(),
          "is not a disk but a plain file, left by a write to a disk that was not there",
          "delete it, plug the disk in and look with zboot devices");
    }
    return new Device(
        isPlain ? Device.Kind.FILE : Device.Kind.OTHER,
        path.toString(),
        String.valueOf(real.getFileName()),
        "",
        List.of(),
        Bus.OTHER,
        Product.UNKNOWN,
        new Geometry(size, BLOCK, false, isPlain && !Files.isWritable(path), false),
        identity,
        Contents.UNKNOWN,
        List.of());
  }

  /** The file system's number and the file's in it; the path where a system has none. */
  public static Identity identity(Path real, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return new Identity(key == null ? real.toString() : key.toString(), "");
  }

  /**
   * Asks the system for the rights of the one who runs this program.
   *
   * @throws DeviceException if that one may not write to the device
   */
  public static void checkRights(Device device, Path path) {
    if (!Files.isWritable(path)) {
      throw Refusals.cannotOpen(device, "permission denied", "run the command with sudo");
    }
  }

  /** The same path without links, as far as it is there. */
  public static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
