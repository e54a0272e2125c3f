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
    // Taken out all at once: in a run as short as ours, asking the buffer for each takes longest.
    int[] all = new int[image.length / Integer.BYTES];
    words.asIntBuffer().get(all);
    for (int two : all) {
      sum += two & 0xFFFF_FFFFL;
    }
    for (int at = all.length * Integer.BYTES; at < image.length; at += 2) {
      sum += words.getShort(at) & 0xFFFF;
    }
    sum -= words.getInt(field) & 0xFFFF_FFFFL;
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (int) sum + image.length;
  }
}
