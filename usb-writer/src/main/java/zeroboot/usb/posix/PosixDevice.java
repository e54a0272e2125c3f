package zeroboot.usb.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import zeroboot.usb.RawDevice;

/** An open file descriptor. */
public abstract class PosixDevice implements RawDevice {
  /** Memory that starts at a page suits every device; Apple's processors have the largest. */
  private static final int ALIGNMENT = 16 << 10;

  private final Posix library;
  private final int fd;
  private final long size;
  private final int blockSize;

  /** Takes the descriptor over. */
  protected PosixDevice(Posix library, int fd, long size, int blockSize) {
    this.library = library;
    this.fd = fd;
    this.size = size;
    this.blockSize = blockSize;
  }

  /** The descriptor. */
  protected final int fd() {
    return fd;
  }

  /** Something that the C library does or refuses, with its words. */
  protected interface Call {
    void run() throws LastErrorException;
  }

  /** Does it, and says what went wrong as Java does. */
  protected final void run(Call call) throws IOException {
    try {
      call.run();
    } catch (LastErrorException e) {
      throw new IOException(library.words(e), e);
    }
  }

  @Override
  public final long size() {
    return size;
  }

  @Override
  public final int blockSize() {
    return blockSize;
  }

  @Override
  public final ByteBuffer buffer(int bytes) {
    int pages = (bytes + ALIGNMENT - 1) / ALIGNMENT + 1;
    return ByteBuffer.allocateDirect(pages * ALIGNMENT).alignedSlice(ALIGNMENT).limit(bytes);
  }

  @Override
  public final int read(ByteBuffer buffer, long offset) throws IOException {
    try {
      long count = library.pread(fd, address(buffer), buffer.remaining(), offset);
      buffer.position(buffer.position() + (int) count);
      return (int) count;
    } catch (LastErrorException e) {
      throw new IOException(library.words(e), e);
    }
  }

  @Override
  public final int write(ByteBuffer buffer, long offset) throws IOException {
    try {
      long count = library.pwrite(fd, address(buffer), buffer.remaining(), offset);
      buffer.position(buffer.position() + (int) count);
      return (int) count;
    } catch (LastErrorException e) {
      throw new IOException(library.words(e), e);
    }
  }

  private static Pointer address(ByteBuffer buffer) {
    return Native.getDirectBufferPointer(buffer.slice());
  }

  @Override
  public void flush() throws IOException {
    run(() -> library.fsync(fd));
  }

  @Override
  public void close() throws IOException {
    run(() -> library.close(fd));
  }
}
