package zeroboot.signing.der;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes DER (ITU-T X.690, chapters 8 and 10): each method gives one whole encoding, from those of
 * its parts. Here is only what signatures are made of, since loading the classes of a library for
 * that takes longer than to sign. What strangers wrote is read by Bouncy Castle.
 */
public final class Der {
  public static final byte[] NULL = encoding(0x05);

  private static final int CONTEXT = 0x80;

  /** Of a tag: holds other values. */
  static final int CONSTRUCTED = 0x20;

  private Der() {}

  public static byte[] integer(BigInteger value) {
    return encoding(0x02, value.toByteArray());
  }

  /** A BIT STRING without any bit. */
  public static byte[] noBits() {
    return encoding(0x03, new byte[1]);
  }

  public static byte[] octets(byte[] content) {
    return encoding(0x04, content);
  }

  /** An OBJECT IDENTIFIER in the usual form, {@code 1.2.840.113549.1.7.2} (section 8.19). */
  public static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(base128(40 * Long.parseLong(arcs[0]) + Long.parseLong(arcs[1])));
    for (int i = 2; i < arcs.length; i++) {
      content.writeBytes(base128(Long.parseLong(arcs[i])));
    }
    return encoding(0x06, content.toByteArray());
  }

  private static byte[] base128(long arc) {
    int count = Math.max(1, (63 - Long.numberOfLeadingZeros(arc)) / 7 + 1);
    byte[] digits = new byte[count];
    for (int i = 0; i < count; i++) {
      int more = i < count - 1 ? 0x80 : 0;
      digits[i] = (byte) (((arc >>> (7 * (count - 1 - i))) & 0x7F) | more);
    }
    return digits;
  }

  /** A Time (RFC 5652, section 11.3): UTCTime up to the year 2049, then GeneralizedTime. */
  public static byte[] time(Instant time) {
    boolean late = time.atZone(ZoneOffset.UTC).getYear() >= 2050;
    String text =
        DateTimeFormatter.ofPattern(late ? "uuuuMMddHHmmss'Z'" : "yyMMddHHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(time);
    return encoding(late ? 0x18 : 0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  public static byte[] sequence(byte[]... parts) {
    return encoding(0x10 | CONSTRUCTED, parts);
  }

  /** A SET OF; its order is that of the encodings (section 11.6). */
  public static byte[] set(byte[]... parts) {
    byte[][] sorted = parts.clone();
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return encoding(0x11 | CONSTRUCTED, sorted);
  }

  /** {@code [number] EXPLICIT}. */
  public static byte[] explicit(int number, byte[] part) {
    return encoding(CONTEXT | CONSTRUCTED | number, part);
  }

  /** {@code [number] IMPLICIT}: the same content under another tag. */
  public static byte[] implicit(int number, byte[] part) {
    byte[] tagged = part.clone();
    tagged[0] = (byte) (CONTEXT | (part[0] & CONSTRUCTED) | number);
    return tagged;
  }

  /** {@code [number] IMPLICIT BMPString}: UTF-16BE. */
  public static byte[] bmpString(int number, String text) {
    return encoding(CONTEXT | number, text.getBytes(StandardCharsets.UTF_16BE));
  }

  /** Tag, length (section 8.1.3), contents. */
  private static byte[] encoding(int tag, byte[]... contents) {
    int length = Stream.of(contents).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int first = digits[0] == 0 ? 1 : 0; // the sign's byte
      out.write(0x80 | (digits.length - first));
      out.write(digits, first, digits.length - first);
    }
    for (byte[] part : contents) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** What is behind tag and length. */
  public static byte[] content(byte[] encoding) {
    int first = Byte.toUnsignedInt(encoding[1]);
    return Arrays.copyOfRange(encoding, first < 0x80 ? 2 : 2 + (first & 0x7F), encoding.length);
  }
}
