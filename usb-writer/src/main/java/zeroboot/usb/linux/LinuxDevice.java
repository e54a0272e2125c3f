package zeroboot.usb.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Path;
import zeroboot.usb.posix.PosixDevice;

/** A block device, open past the page cache, or a plain file. */
final class LinuxDevice extends PosixDevice {
  /** As the user's mask allows, umask(2). */
  private static final int READABLE = 0666;

  private final LibC libC = LibC.load();
  private final boolean isBlock;

  private LinuxDevice(int fd, boolean isBlock, long size, int blockSize) {
    super(LibC.load(), fd, size, blockSize);
    this.isBlock = isBlock;
  }

  /**
   * Opens a block device exclusively: no one else can mount it, or a part of it, until it is
   * closed, and it fails if anybody has.
   *
   * @throws LastErrorException EBUSY if somebody has it
   */
  static LinuxDevice openBlock(String path) {
    int flags = LibC.O_RDWR | LibC.O_EXCL | LibC.O_CLOEXEC | LibC.direct() | LibC.noFollow();
    int fd = LibC.load().open(path, flags);
    try {
      long size = LibC.askLong(fd, LibC.BLKGETSIZE64);
      return new LinuxDevice(fd, true, size, LibC.askInt(fd, LibC.BLKSSZGET));
    } catch (LastErrorException e) {
      LibC.load().close(fd);
      throw e;
    }
  }

  /** Opens a plain file. Its size need not be whole blocks, so it goes through the page cache. */
  static LinuxDevice openFile(Path path, long size) {
    // What waits for the other end of a pipe would wait here.
    int flags = LibC.O_RDWR | LibC.O_CLOEXEC | LibC.O_NONBLOCK | LibC.noFollow();
    return new LinuxDevice(LibC.load().open(path.toString(), flags), false, size, 1);
  }

  /**
   * Makes a plain file of this size.
   *
   * @throws LastErrorException EEXIST if anything has that name by now
   */
  static LinuxDevice createFile(String path, long size) {
    int flags = LibC.O_RDWR | LibC.O_CREAT | LibC.O_EXCL | LibC.O_CLOEXEC | LibC.noFollow();
    int fd = LibC.load().open(path, flags, READABLE);
    LinuxDevice file = new LinuxDevice(fd, false, size, 1);
    try {
      LibC.load().ftruncate(fd, size);
    } catch (LastErrorException e) {
      LibC.load().close(fd);
      throw e;
    }
    return file;
  }

  /** Where {@code /proc} shows what is open here. */
  Path opened() {
    return Path.of("/proc/self/fd/" + fd());
  }

  boolean isReadOnly() {
    return isBlock && LibC.askInt(fd(), LibC.BLKROGET) != 0;
  }

  /** The kernel's count of disks; empty before Linux 5.15. */
  String sequence() {
    try {
      return Long.toUnsignedString(LibC.askLong(fd(), LibC.BLKGETDISKSEQ));
    } catch (LastErrorException e) {
      return "";
    }
  }

  @Override
  public void dropCaches() throws IOException {
    if (isBlock) {
      run(() -> libC.ioctl(fd(), LibC.BLKFLSBUF, 0));
    }
    libC.posix_fadvise(fd(), 0, 0, LibC.POSIX_FADV_DONTNEED);
  }

  @Override
  public void rereadPartitions() {
    if (!isBlock) {
      return;
    }
    try {
      libC.ioctl(fd(), LibC.BLKRRPART, 0);
    } catch (LastErrorException e) {
      // A loop device without partitions says EINVAL. The kernel looks again at the next plugging.
      return;
    }
  }
}
