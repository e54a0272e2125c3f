package zeroboot.usb.write;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What was written, remembered in 8 bytes for every 64 KiB: its CRC-32 and its CRC-32C. Their
 * polynomials have no factor in common, so together they are one CRC of 64 bits, which any run of
 * up to 64 wrong bits changes for certain and anything else but once in 2^64. Processors have
 * instructions for both; a cryptographic digest would slow down the reading, and nobody here
 * forges.
 */
final class UnitChecksums {
  /** Bytes under one check. */
  static final int UNIT = 64 << 10;

  private long[] checks = new long[1024];
  private int count;

  /** Remembers all that is in the buffer; {@code at} is where a unit begins. */
  void addAll(long at, ByteBuffer bytes) {
    for (int from = 0; from < bytes.limit(); from += UNIT) {
      add(at + from, bytes.slice(from, Math.min(UNIT, bytes.limit() - from)));
    }
  }

  /** Remembers the bytes of one unit at this place of the image. */
  void add(long offset, ByteBuffer unit) {
    int index = Math.toIntExact(offset / UNIT);
    if (index >= checks.length) {
      checks = Arrays.copyOf(checks, Math.max(index + 1, checks.length * 2));
    }
    checks[index] = of(unit);
    count = Math.max(count, index + 1);
  }

  /** Whether the bytes of one unit are those that were written there. */
  boolean isSame(long offset, ByteBuffer unit) {
    return checks[Math.toIntExact(offset / UNIT)] == of(unit);
  }

  private static long of(ByteBuffer unit) {
    CRC32 crc32 = new CRC32();
    CRC32C crc32c = new CRC32C();
    crc32.update(unit.duplicate());
    crc32c.update(unit.duplicate());
    return crc32.getValue() << 32 | crc32c.getValue();
  }
}
