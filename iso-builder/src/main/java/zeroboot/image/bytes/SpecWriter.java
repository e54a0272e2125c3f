package zeroboot.image.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one on-disk structure the way its specification lists it: every field at its stated
 * offset, in order. {@link #at} refuses to go back and refuses to leave a gap unsaid ({@link
 * #zeros} says it), so a forgotten or misplaced field fails in the first test. Offsets are in bytes
 * from the start of the structure. Every misuse is an {@link IllegalStateException} or {@link
 * IllegalArgumentException}: a bug, never bad input.
 */
public final class SpecWriter {
  private final byte[] bytes;
  private int position;

  /** A structure of exactly {@code size} bytes. */
  public SpecWriter(int size) {
    bytes = new byte[size];
  }

  /** States that the next field is at {@code offset}. */
  public SpecWriter at(int offset) {
    if (offset != position) {
      throw new IllegalStateException("field stated at " + offset + ", but written to " + position);
    }
    return this;
  }

  /** An unsigned 8-bit field. */
  public SpecWriter u8(int value) {
    require(value, 0xFFL);
    bytes[claim(1)] = (byte) value;
    return this;
  }

  /** An unsigned 16-bit field, least significant byte first. */
  public SpecWriter le16(int value) {
    require(value, 0xFFFFL);
    return number(2, value, ByteOrder.LITTLE_ENDIAN);
  }

  /** An unsigned 32-bit field, least significant byte first. */
  public SpecWriter le32(long value) {
    require(value, 0xFFFF_FFFFL);
    return number(4, value, ByteOrder.LITTLE_ENDIAN);
  }

  /** A 64-bit field, least significant byte first. */
  public SpecWriter le64(long value) {
    return number(8, value, ByteOrder.LITTLE_ENDIAN);
  }

  /** An unsigned 16-bit field, most significant byte first. */
  public SpecWriter be16(int value) {
    require(value, 0xFFFFL);
    return number(2, value, ByteOrder.BIG_ENDIAN);
  }

  /** An unsigned 32-bit field, most significant byte first. */
  public SpecWriter be32(long value) {
    require(value, 0xFFFF_FFFFL);
    return number(4, value, ByteOrder.BIG_ENDIAN);
  }

  /** A 16-bit field recorded in both byte orders, 4 bytes (ECMA-119 section 7.2.3). */
  public SpecWriter bothEndian16(int value) {
    return le16(value).be16(value);
  }

  /** A 32-bit field recorded in both byte orders, 8 bytes (ECMA-119 section 7.3.3). */
  public SpecWriter bothEndian32(long value) {
    return le32(value).be32(value);
  }

  /** Raw bytes. */
  public SpecWriter raw(byte... value) {
    System.arraycopy(value, 0, bytes, claim(value.length), value.length);
    return this;
  }

  /** ASCII text that fills its field exactly. */
  public SpecWriter ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7E) {
        throw new IllegalArgumentException("not printable ASCII: " + text);
      }
    }
    return raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** ASCII text in a field of {@code size} bytes, filled up with spaces. */
  public SpecWriter spacePadded(String text, int size) {
    if (text.length() > size) {
      throw new IllegalArgumentException("longer than " + size + " bytes: " + text);
    }
    int end = position + size;
    ascii(text);
    int from = claim(end - position);
    Arrays.fill(bytes, from, end, (byte) ' ');
    return this;
  }

  /** A reserved or unused field of {@code count} zero bytes. */
  public SpecWriter zeros(int count) {
    claim(count);
    return this;
  }

  /** Zero bytes up to {@code offset}. */
  public SpecWriter zerosTo(int offset) {
    return zeros(offset - position);
  }

  /** States that the structure ends here, and returns its bytes. */
  public byte[] endsAt(int size) {
    if (size != bytes.length || position != bytes.length) {
      throw new IllegalStateException(
          "structure of " + bytes.length + " bytes stated as " + size + ", written " + position);
    }
    return bytes;
  }

  private SpecWriter number(int size, long value, ByteOrder order) {
    int from = claim(size);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    switch (size) {
      case 2 -> buffer.putShort(from, (short) value);
      case 4 -> buffer.putInt(from, (int) value);
      default -> buffer.putLong(from, value);
    }
    return this;
  }

  private int claim(int count) {
    int from = position;
    if (count < 0 || count > bytes.length - from) {
      throw new IllegalStateException(
          count + " bytes at " + from + " do not fit a structure of " + bytes.length);
    }
    position = from + count;
    return from;
  }

  private static void require(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " does not fit 0.." + max);
    }
  }
}
