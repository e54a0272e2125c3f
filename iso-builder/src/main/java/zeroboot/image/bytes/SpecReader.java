package zeroboot.image.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import zeroboot.ground.ZbootException;

/**
 * Reads one on-disk structure out of bytes that nobody vouches for. Every access is checked against
 * the structure's end, so a hostile length ends in a {@link ZbootException}, never in an index out
 * of bounds. Offsets are in bytes from the start of the structure, the same numbers that {@link
 * SpecWriter#at} states.
 */
public final class SpecReader {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final String what;
  private final byte[] bytes;
  private final int from;
  private final int size;

  private SpecReader(String what, byte[] bytes, int from, int size) {
    this.what = what;
    this.bytes = bytes;
    this.from = from;
    this.size = size;
  }

  /** All of {@code bytes}; {@code what} names it in errors ({@code "image"}). */
  public static SpecReader of(String what, byte[] bytes) {
    return new SpecReader(what, bytes, 0, bytes.length);
  }

  /**
   * A structure inside this one.
   *
   * @param part names it in errors ({@code "FAT boot sector"})
   * @throws ZbootException if this structure ends before it
   */
  public SpecReader part(String part, long offset, long length) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new SpecReader(part, bytes, from, size)
          .damaged("cut short: " + offset + " + " + length + " bytes do not fit " + size);
    }
    return new SpecReader(part, bytes, from + (int) offset, (int) length);
  }

  /** Bytes of this structure. */
  public int size() {
    return size;
  }

  /** An unsigned 8-bit field. */
  public int u8(int offset) {
    return Byte.toUnsignedInt(bytes[index(offset, 1)]);
  }

  /** An unsigned 16-bit field, least significant byte first. */
  public int le16(int offset) {
    return (int) little(offset, 2);
  }

  /** An unsigned 32-bit field, least significant byte first. */
  public long le32(int offset) {
    return little(offset, 4);
  }

  /** An unsigned 16-bit field, most significant byte first. */
  public int be16(int offset) {
    return Short.toUnsignedInt(Short.reverseBytes((short) little(offset, 2)));
  }

  /** An unsigned 32-bit field, most significant byte first. */
  public long be32(int offset) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) little(offset, 4)));
  }

  /** A 16-bit field recorded in both byte orders, which have to agree. */
  public int bothEndian16(int offset) {
    int little = le16(offset);
    int big = Short.toUnsignedInt(Short.reverseBytes((short) le16(offset + 2)));
    return (int) agreed(offset, little, big);
  }

  /** A 32-bit field recorded in both byte orders, which have to agree. */
  public long bothEndian32(int offset) {
    return agreed(offset, le32(offset), be32(offset + 4));
  }

  /** A copy of {@code count} bytes. */
  public byte[] bytes(int offset, int count) {
    int at = index(offset, count);
    return Arrays.copyOfRange(bytes, at, at + count);
  }

  /**
   * Text as it stands, one character a byte; what is no printable ASCII becomes {@code %XX}, so
   * that no escape code of a hostile image reaches a terminal.
   */
  public String text(int offset, int count) {
    StringBuilder text = new StringBuilder(count);
    for (char c :
        new String(bytes, index(offset, count), count, StandardCharsets.ISO_8859_1).toCharArray()) {
      if (c >= 0x20 && c <= 0x7E) {
        text.append(c);
      } else {
        text.append('%').append(HEX.toHexDigits((byte) c));
      }
    }
    return text.toString();
  }

  /** Text without the spaces that fill its field. */
  public String spacePadded(int offset, int count) {
    return text(offset, count).stripTrailing();
  }

  /**
   * The error for a structure that is not what it should be.
   *
   * @param why what is wrong with it
   */
  public ZbootException damaged(String why) {
    return ZbootException.settings(
        what, why, "the image is damaged or of another kind; make it or download it again");
  }

  /** Throws {@link #damaged} unless {@code condition} holds. */
  public void require(boolean condition, String why) {
    if (!condition) {
      throw damaged(why);
    }
  }

  private long little(int offset, int count) {
    int at = index(offset, count);
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | Byte.toUnsignedInt(bytes[at + i]);
    }
    return value;
  }

  private long agreed(int offset, long little, long big) {
    require(little == big, "the two byte orders at " + offset + " say " + little + " and " + big);
    return little;
  }

  private int index(int offset, int count) {
    if (offset < 0 || count < 0 || offset > size - count) {
      throw damaged("cut short: " + count + " bytes at " + offset + " do not fit " + size);
    }
    return from + offset;
  }
}
