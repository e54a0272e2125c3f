package zeroboot.image.compress;

/** Reads bit fields, most significant bit first. Past the end it reads zeros, and says so. */
final class BitReader {
  private final byte[] bytes;
  private final int end;
  private long position;

  /** Bits of {@code bytes} from byte {@code from} up to byte {@code end}. */
  BitReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.end = end;
    position = from * 8L;
  }

  /** The next {@code width} bits without going on; at most 16. */
  int peek(int width) {
    int at = (int) (position >>> 3);
    int window = (byteAt(at) << 16) | (byteAt(at + 1) << 8) | byteAt(at + 2);
    int below = 24 - (int) (position & 7) - width;
    return (window >>> below) & ((1 << width) - 1);
  }

  void skip(int width) {
    position += width;
  }

  int take(int width) {
    int value = peek(width);
    skip(width);
    return value;
  }

  /** Whether more was read than there is. */
  boolean isExhausted() {
    return position > end * 8L;
  }

  /** Bits that are left; negative if more was read than there is. */
  long remaining() {
    return end * 8L - position;
  }

  private int byteAt(int index) {
    return index < end ? bytes[index] & 0xFF : 0;
  }
}
