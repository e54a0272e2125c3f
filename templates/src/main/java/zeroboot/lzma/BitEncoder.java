package zeroboot.lzma;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes bits. What a carry may still change is held back. */
final class BitEncoder extends BitCoder {
  /** What {@link #save} takes. */
  static final int SAVED_BYTES = 4 * Integer.BYTES + Long.BYTES;

  private static final long CARRY = 1L << 32;
  private static final long NO_CARRY_CAN_COME_BELOW = 0xFF00_0000L;

  private byte[] written;
  private int size;

  /** The low end of the range; bit 32 is a carry. */
  private long low;

  /** The byte after the written ones, and how many of 255 follow it, and itself. */
  private int held;

  private int pending;

  /** The beginning of a stream. */
  BitEncoder() {
    written = new byte[1 << 12];
    pending = 1;
  }

  private BitEncoder(BitEncoder other) {
    range = other.range;
    written = Arrays.copyOf(other.written, other.size + (1 << 12));
    size = other.size;
    low = other.low;
    held = other.held;
    pending = other.pending;
  }

  /** What {@link #save} saved, behind what had been written. */
  BitEncoder(byte[] stream, ByteBuffer saved) {
    range = saved.getInt();
    size = saved.getInt();
    low = saved.getLong();
    held = saved.getInt();
    pending = saved.getInt();
    written = Arrays.copyOf(stream, size + (1 << 13));
  }

  /** Everything but what was written. */
  void save(ByteBuffer out) {
    out.putInt(range).putInt(size).putLong(low).putInt(held).putInt(pending);
  }

  BitEncoder copy() {
    return new BitEncoder(this);
  }

  @Override
  int bit(short[] table, int at, int value) {
    normalise();
    int bound = bound(table[at]);
    if (value == 0) {
      range = bound;
    } else {
      low += Integer.toUnsignedLong(bound);
      range -= bound;
    }
    move(table, at, value);
    return value;
  }

  @Override
  int direct(int count, int value) {
    for (int bit = count - 1; bit >= 0; bit--) {
      normalise();
      range >>>= 1;
      if (((value >>> bit) & 1) != 0) {
        low += Integer.toUnsignedLong(range);
      }
    }
    return value;
  }

  /** How far a decoder has read the stream that has found all bits so far. */
  int position() {
    return size + pending + Integer.BYTES;
  }

  /** The lowest 32 bits of the range's low end. */
  int low() {
    return (int) low;
  }

  /** Bytes that nothing changes any more. */
  byte[] written() {
    return Arrays.copyOf(written, size);
  }

  /** The whole stream. Nothing can be written to this any more. */
  byte[] finish() {
    normalise();
    for (int i = 0; i < BitDecoder.LOOKAHEAD; i++) {
      shift();
    }
    return written();
  }

  private void normalise() {
    if (isNarrow()) {
      range <<= 8;
      shift();
    }
  }

  private void shift() {
    if (low < NO_CARRY_CAN_COME_BELOW || low >= CARRY) {
      int carry = (int) (low >>> 32);
      append(held + carry);
      for (; pending > 1; pending--) {
        append(0xFF + carry);
      }
      pending = 0;
      held = (int) (low >>> 24) & 0xFF;
    }
    pending++;
    low = (low & 0xFF_FFFF) << 8;
  }

  private void append(int value) {
    if (size == written.length) {
      written = Arrays.copyOf(written, size * 2);
    }
    written[size++] = (byte) value;
  }
}
