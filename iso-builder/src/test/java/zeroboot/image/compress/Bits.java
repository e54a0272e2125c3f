package zeroboot.image.compress;

/** Compressed data spelt out bit by bit. */
final class Bits {
  private Bits() {}

  /**
   * Header, the given bits (anything but 0 and 1 is for the reader), filling bits and terminator,
   * as UEFI specification section 19.2.2 has them.
   */
  static byte[] stream(int originalSize, String... fields) {
    String bits = String.join("", fields).replaceAll("[^01]", "");
    int size = (bits.length() + 7) / 8 + 1;
    byte[] stream = new byte[8 + size];
    stream[0] = (byte) size;
    stream[1] = (byte) (size >> 8);
    stream[4] = (byte) originalSize;
    stream[5] = (byte) (originalSize >> 8);
    stream[6] = (byte) (originalSize >> 16);
    for (int i = 0; i < bits.length(); i++) {
      stream[8 + i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
    }
    return stream;
  }
}
