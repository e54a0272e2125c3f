package zeroboot.image.bios;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The checksum that the BIOS stage runs over what it loaded ({@code pmcopy} in {@code stage.S}):
 * for every 32-bit word, least significant byte first, {@code sum = rotateLeft(sum, 1) + word}. The
 * rotation makes it notice words, sectors and chunks in the wrong order, which a plain sum does
 * not.
 */
final class RollingSum {
  private RollingSum() {}

  /**
   * Continues {@code sum} over a part of {@code bytes}.
   *
   * @param length in bytes, a multiple of 4
   */
  static int over(int sum, byte[] bytes, int offset, int length) {
    if (length % 4 != 0) {
      throw new IllegalArgumentException("not whole 32-bit words: " + length + " bytes");
    }
    ByteBuffer words = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
    int result = sum;
    // Taken out all at once: in a run as short as ours, asking the buffer for each takes longest.
    int[] all = new int[length / Integer.BYTES];
    words.asIntBuffer().get(all);
    for (int word : all) {
      result = ((result << 1) | (result >>> 31)) + word;
    }
    return result;
  }
}
