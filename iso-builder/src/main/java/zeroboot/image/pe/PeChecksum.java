package zeroboot.image.pe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The CheckSum field of the optional header. The PE format specification names only the library
 * that computes it: it is the 16-bit one's-complement sum of the file, the field itself taken as
 * zero, plus the file's size.
 */
public final class PeChecksum {
  private PeChecksum() {}

  /**
   * The check sum of {@code image}, whose size is even.
   *
   * @param field file offset of the field, a multiple of 4
   */
  public static int of(byte[] image, int field) {
    ByteBuffer words = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    // One's-complement sums may be taken in wider words and folded at the end (RFC 1071, section
    // 2).
    long sum = 0;
    int at = 0;
    for (; at + 8 <= image.length; at += 8) {
      long two = words.getLong(at);
      sum += (two & 0xFFFF_FFFFL) + (two >>> 32);
    }
    for (; at < image.length; at += 2) {
      sum += words.getShort(at) & 0xFFFF;
    }
    sum -= words.getInt(field) & 0xFFFF_FFFFL;
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (int) sum + image.length;
  }
}
