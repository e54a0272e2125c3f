package zeroboot.image.compress;

import java.util.Arrays;

/** Packs bit fields, most significant bit first (UEFI specification section 19.2.1). */
final class BitWriter {
  private byte[] bytes = new byte[1 << 12];
  private int size;
  private long pending;
  private int pendingBits;

  /** The low {@code width} bits of {@code value}; at most 32. */
  void put(int value, int width) {
    pending = (pending << width) | (value & ((1L << width) - 1));
    pendingBits += width;
    while (pendingBits >= 8) {
      pendingBits -= 8;
      append((byte) (pending >>> pendingBits));
    }
  }

  long bitCount() {
    return size * 8L + pendingBits;
  }

  /** The bytes so far, the last one filled up with zero bits. */
  byte[] toByteArray() {
    if (pendingBits > 0) {
      put(0, 8 - pendingBits);
    }
    return Arrays.copyOf(bytes, size);
  }

  private void append(byte value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = value;
  }
}
