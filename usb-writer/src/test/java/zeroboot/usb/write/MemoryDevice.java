package zeroboot.usb.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import zeroboot.usb.RawDevice;

/** A device in memory that misbehaves as it is told. */
final class MemoryDevice implements RawDevice {
  static final int BLOCK = 512;
  final byte[] bytes;
  final byte[] before;
  private final long stated;

  /** Writes from here on fail. */
  long badFrom = Long.MAX_VALUE;

  /** Every access fails after so many writes. */
  int goneAfterWrites = Integer.MAX_VALUE;

  /** A write takes no more than this, in bytes. */
  int mostAtOnce = Integer.MAX_VALUE;

  /** After a flush and before what comes next, this byte changes. */
  int spoiledAt = -1;

  /** What lies beyond the memory falls onto its start, or is lost. */
  boolean isFolding;

  int writes;
  boolean isPartitionTableRead;

  /** A device that states more than its memory is. */
  MemoryDevice(int size, long stated) {
    bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    before = bytes.clone();
    this.stated = stated;
  }

  MemoryDevice(int size) {
    this(size, size);
  }

  boolean isFirstBlockEmpty() {
    return isEmpty(0, BLOCK);
  }

  boolean isEmpty(int from, int to) {
    return Arrays.equals(bytes, from, to, new byte[to - from], 0, to - from);
  }

  @Override
  public long size() {
    return stated;
  }

  @Override
  public int blockSize() {
    return BLOCK;
  }

  @Override
  public ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size);
  }

  @Override
  public synchronized int read(ByteBuffer buffer, long offset) throws IOException {
    check(buffer, offset);
    int count = buffer.remaining();
    for (int i = 0; i < count; i++) {
      int at = place(offset + i);
      buffer.put(at < 0 ? 0 : bytes[at]);
    }
    return count;
  }

  @Override
  public synchronized int write(ByteBuffer buffer, long offset) throws IOException {
    check(buffer, offset);
    if (offset >= badFrom) {
      throw new IOException("Input/output error");
    }
    writes++;
    int count = (int) Math.min(Math.min(buffer.remaining(), mostAtOnce), badFrom - offset);
    for (int i = 0; i < count; i++) {
      int at = place(offset + i);
      byte value = buffer.get();
      if (at >= 0) {
        bytes[at] = value;
      }
    }
    return count;
  }

  private void check(ByteBuffer buffer, long offset) throws IOException {
    if (writes >= goneAfterWrites) {
      throw new IOException("No such device");
    }
    if (offset % BLOCK != 0 || buffer.remaining() % BLOCK != 0 || buffer.remaining() == 0) {
      throw new IOException("Invalid argument: " + buffer.remaining() + " bytes at " + offset);
    }
    if (offset + buffer.remaining() > stated) {
      throw new IOException("No space left on device");
    }
  }

  private int place(long offset) {
    if (offset < bytes.length) {
      return (int) offset;
    }
    return isFolding ? (int) (offset % bytes.length) : -1;
  }

  @Override
  public void flush() {}

  @Override
  public void dropCaches() {
    if (spoiledAt >= 0) {
      bytes[spoiledAt] ^= 1;
      spoiledAt = -1;
    }
  }

  @Override
  public void rereadPartitions() {
    isPartitionTableRead = true;
  }

  @Override
  public void close() {}
}
