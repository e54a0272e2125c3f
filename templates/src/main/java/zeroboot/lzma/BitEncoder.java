package zeroboot.lzma;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes bits. What a carry may still change is held back. */
final class BitEncoder extends BitCoder {
  /** What {@link #save} takes. */
  static final int SAVED_BYTES = 4 * Integer.BYTES + Long.BYTES;

  private static final long CARRY = 1L << 32;
  private static final long NO_CARRY_CAN_COME_BELOW = 0xFF00_0000L;

  /** What was written before a copy was made or something loaded; shared, never changed. */
  private final byte[] before;

  private final int sizeBefore;

  /** What was written since. */
  private byte[] since;

  private int sizeSince;

  /** The low end of the range; bit 32 is a carry. */
  private long low;

  /** The byte after the written ones, and how many of 255 follow it, and itself. */
  private int held;

  private int pending;

  /** The beginning of a stream. */
  BitEncoder() {
    before = new byte[0];
    sizeBefore = 0;
    since = new byte[1 << 12];
    pending = 1;
  }

  private BitEncoder(BitEncoder other) {
    range = other.range;
    before = other.before;
    sizeBefore = other.sizeBefore;
    since = Arrays.copyOf(other.since, other.sizeSince + (1 << 12));
    sizeSince = other.sizeSince;
    low = other.low;
    held = other.held;
    pending = other.pending;
  }

  /**
   * What {@link #save} saved, behind what had been written.
   *
   * @param stream begins with that; not to be changed any more
   */
  BitEncoder(byte[] stream, ByteBuffer saved) {
    range = saved.getInt();
    sizeBefore = saved.getInt();
    low = saved.getLong();
    held = saved.getInt();
    pending = saved.getInt();
    before = stream;
    since = new byte[1 << 13];
  }

  /** Everything but what was written. */
  void save(ByteBuffer out) {
    out.putInt(range).putInt(size()).putLong(low).putInt(held).putInt(pending);
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
    return size() + pending + Integer.BYTES;
  }

  /** The lowest 32 bits of the range's low end. */
  int low() {
    return (int) low;
  }

  /** Bytes that nothing changes any more. */
  byte[] written() {
    return written(0);
  }

  private byte[] written(int room) {
    byte[] all = new byte[room + size()];
    System.arraycopy(before, 0, all, room, sizeBefore);
    System.arraycopy(since, 0, all, room + sizeBefore, sizeSince);
    return all;
  }

  private int size() {
    return sizeBefore + sizeSince;
  }

  /**
   * The whole stream. Nothing can be written to this any more.
   *
   * @param room bytes to leave free before it
   */
  byte[] finish(int room) {
    normalise();
    for (int i = 0; i < BitDecoder.LOOKAHEAD; i++) {
      shift();
    }
    return written(room);
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
    if (sizeSince == since.length) {
      since = Arrays.copyOf(since, sizeSince * 2);
    }
    since[sizeSince++] = (byte) value;
  }
}
