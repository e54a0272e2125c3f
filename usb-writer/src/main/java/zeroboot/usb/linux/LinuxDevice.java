package zeroboot.usb.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import zeroboot.usb.write.RawDevice;

/** A block device, open past the page cache, or a plain file. */
final class LinuxDevice implements RawDevice {
  /** Memory that starts at a page suits every device. */
  private static final int ALIGNMENT = 4096;

  private final LibC libC = LibC.load();
  private final int fd;
  private final boolean isBlock;
  private final long size;
  private final int blockSize;

  private LinuxDevice(int fd, boolean isBlock, long size, int blockSize) {
    this.fd = fd;
    this.isBlock = isBlock;
    this.size = size;
    this.blockSize = blockSize;
  }

  /**
   * Opens a block device exclusively: no one else can mount it, or a part of it, until it is
   * closed, and it fails if anybody has.
   *
   * @throws LastErrorException EBUSY if somebody has it
   */
  static LinuxDevice openBlock(Path path) {
    int fd =
        LibC.load()
            .open(path.toString(), LibC.O_RDWR | LibC.O_EXCL | LibC.O_CLOEXEC | LibC.direct());
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
    int fd = LibC.load().open(path.toString(), LibC.O_RDWR | LibC.O_CLOEXEC);
    return new LinuxDevice(fd, false, size, 1);
  }

  /** Where {@code /proc} shows what is open here. */
  Path opened() {
    return Path.of("/proc/self/fd/" + fd);
  }

  boolean isReadOnly() {
    return isBlock && LibC.askInt(fd, LibC.BLKROGET) != 0;
  }

  /** The kernel's count of disks; empty before Linux 5.15. */
  String sequence() {
    try {
      return Long.toUnsignedString(LibC.askLong(fd, LibC.BLKGETDISKSEQ));
    } catch (LastErrorException e) {
      return "";
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int blockSize() {
    return blockSize;
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    int pages = (bytes + ALIGNMENT - 1) / ALIGNMENT + 1;
    return ByteBuffer.allocateDirect(pages * ALIGNMENT).alignedSlice(ALIGNMENT).limit(bytes);
  }

  @Override
  public int read(ByteBuffer buffer, long offset) throws IOException {
    try {
      long count = libC.pread(fd, address(buffer), buffer.remaining(), offset);
      buffer.position(buffer.position() + (int) count);
      return (int) count;
    } catch (LastErrorException e) {
      throw new IOException(LibC.words(e), e);
    }
  }

  @Override
  public int write(ByteBuffer buffer, long offset) throws IOException {
    try {
      long count = libC.pwrite(fd, address(buffer), buffer.remaining(), offset);
      buffer.position(buffer.position() + (int) count);
      return (int) count;
    } catch (LastErrorException e) {
      throw new IOException(LibC.words(e), e);
    }
  }

  private static Pointer address(ByteBuffer buffer) {
    return Native.getDirectBufferPointer(buffer.slice());
  }

  @Override
  public void flush() throws IOException {
    try {
      libC.fsync(fd);
    } catch (LastErrorException e) {
      throw new IOException(LibC.words(e), e);
    }
  }

  @Override
  public void dropCaches() throws IOException {
    try {
      if (isBlock) {
        libC.ioctl(fd, LibC.BLKFLSBUF, 0);
      }
    } catch (LastErrorException e) {
      throw new IOException(LibC.words(e), e);
    }
    libC.posix_fadvise(fd, 0, 0, LibC.POSIX_FADV_DONTNEED);
  }

  @Override
  public void rereadPartitions() {
    if (!isBlock) {
      return;
    }
    try {
      libC.ioctl(fd, LibC.BLKRRPART, 0);
    } catch (LastErrorException e) {
      // A loop device without partitions says EINVAL. The kernel looks again at the next plugging.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      libC.close(fd);
    } catch (LastErrorException e) {
      throw new IOException(LibC.words(e), e);
    }
  }
}
