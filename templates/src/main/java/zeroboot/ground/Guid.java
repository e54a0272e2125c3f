package zeroboot.ground;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.UUID;

/**
 * A 128-bit name (UEFI specification 2.10, appendix A). The first three of its parts are stored
 * with the least significant byte first.
 *
 * @param value as it is written in text
 */
public record Guid(UUID value) {
  /** Bytes of one. */
  public static final int SIZE = 16;

  /** Version and variant of a UUID whose content is of one's own (RFC 9562, section 5.8). */
  private static final long VERSION_8 = 0x8000L;

  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /** The name that is written so: 8, 4, 4, 4 and 12 hexadecimal digits. */
  public static Guid of(String text) {
    return new Guid(UUID.fromString(text));
  }

  /** A name that follows from {@code content}: its SHA-256 with the bits of version 8. */
  public static Guid derivedFrom(byte[] content) {
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(content));
    long high = (digest.getLong() & ~0xF000L) | VERSION_8;
    long low = (digest.getLong() & ~0xC000_0000_0000_0000L) | VARIANT;
    return new Guid(new UUID(high, low));
  }

  /** The name that is stored here. */
  public static Guid read(byte[] bytes, int offset) {
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long high = Integer.toUnsignedLong(b.getInt(offset)) << 32;
    high |= Short.toUnsignedLong(b.getShort(offset + 4)) << 16;
    high |= Short.toUnsignedLong(b.getShort(offset + 6));
    return new Guid(new UUID(high, b.order(ByteOrder.BIG_ENDIAN).getLong(offset + 8)));
  }

  /** As it is stored. */
  public byte[] toBytes() {
    long high = value.getMostSignificantBits();
    return ByteBuffer.allocate(SIZE)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (high >>> 32))
        .putShort((short) (high >>> 16))
        .putShort((short) high)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong(value.getLeastSignificantBits())
        .array();
  }

  /** In capitals, as partition tables are shown. */
  public String shown() {
    return value.toString().toUpperCase(Locale.ROOT);
  }
}
