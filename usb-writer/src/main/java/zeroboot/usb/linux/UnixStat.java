package zeroboot.usb.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What stat(2) says of a file, links followed.
 *
 * @param fileSystem {@code major:minor} of the file system that it lies in
 * @param device {@code major:minor} of the device that it is; empty if it is no block device
 */
record UnixStat(String fileSystem, long inode, String device) {
  private static final int FILE_TYPE = 0170000; // S_IFMT
  private static final int BLOCK_DEVICE = 0060000; // S_IFBLK

  static UnixStat of(Path file) throws IOException {
    boolean isBlock = (number(file, "mode") & FILE_TYPE) == BLOCK_DEVICE;
    return new UnixStat(
        packed(number(file, "dev")),
        number(file, "ino"),
        isBlock ? packed(number(file, "rdev")) : "");
  }

  private static long number(Path file, String field) throws IOException {
    return ((Number) Files.getAttribute(file, "unix:" + field)).longValue();
  }

  /** The kernel's and the C library's packing of a device number, makedev(3). */
  static String packed(long number) {
    long major = ((number >> 8) & 0xFFF) | ((number >> 32) & 0xFFFFF000L);
    long minor = (number & 0xFF) | ((number >> 12) & 0xFFFFFF00L);
    return major + ":" + minor;
  }
}
