package zeroboot.usb.write;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import zeroboot.usb.RawDevice;

/** Whole reads and writes on a device that may do only a part of each at a time. */
final class Transfer {
  private final RawDevice device;

  Transfer(RawDevice device) {
    this.device = device;
  }

  RawDevice device() {
    return device;
  }

  /** Writes all that remains; what it was asked for and what it took is in the error. */
  void write(ByteBuffer buffer, long offset) throws IOException {
    long at = offset;
    while (buffer.hasRemaining()) {
      int count;
      try {
        count = device.write(buffer, at);
      } catch (IOException e) {
        throw new FailedAt(at, "writing", e);
      }
      if (count <= 0) {
        throw new FailedAt(at, "writing", new EOFException("the device takes no more"));
      }
      at += count;
    }
  }

  /** Fills the buffer up to its limit. */
  void read(ByteBuffer buffer, long offset) throws IOException {
    long at = offset;
    while (buffer.hasRemaining()) {
      int count;
      try {
        count = device.read(buffer, at);
      } catch (IOException e) {
        throw new FailedAt(at, "reading", e);
      }
      if (count <= 0) {
        throw new FailedAt(at, "reading", new EOFException("the device ends here"));
      }
      at += count;
    }
  }

  /** Changes bytes anywhere: the blocks that they lie in are read, changed and written back. */
  void patch(long offset, byte[] bytes) throws IOException {
    int block = device.blockSize();
    long from = offset / block * block;
    long to = roundUp(offset + bytes.length);
    ByteBuffer buffer = device.buffer(Math.toIntExact(to - from));
    read(buffer, from);
    buffer.put((int) (offset - from), bytes);
    buffer.rewind();
    write(buffer, from);
  }

  /** The next multiple of the device's block. */
  long roundUp(long offset) {
    int block = device.blockSize();
    return (offset + block - 1) / block * block;
  }

  void zero(long offset, int length) throws IOException {
    patch(offset, new byte[length]);
  }

  /** An error of the device, with the place where it happened. */
  static final class FailedAt extends IOException {
    private static final long serialVersionUID = 1L;
    private final long offset;
    private final String doing;

    FailedAt(long offset, String doing, IOException cause) {
      super(cause.getMessage(), cause);
      this.offset = offset;
      this.doing = doing;
    }

    /** As part of a sentence: {@code writing failed at byte 4096 (Input/output error)}. */
    String shown() {
      return doing + " failed at byte " + offset + " (" + getMessage() + ")";
    }
  }
}
