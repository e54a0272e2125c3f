package zeroboot.image.compress;

/**
 * The numbers of the UEFI compression algorithm (UEFI specification 2.10, section 19.2.3). The
 * position set is the one of {@code EFI_DECOMPRESS_PROTOCOL}; the variant with a larger one that
 * firmware volumes may use is another format.
 */
final class UefiFormat {
  /** Compressed Size and Original Size, in front of the blocks (19.2.2). */
  static final int HEADER_BYTES = 8;

  /** Shortest string that a pointer may stand for. */
  static final int MIN_MATCH = 3;

  /** Longest string that a pointer may stand for. */
  static final int MAX_MATCH = 256;

  /** Largest String Position: the distance less one. Section 19.2.3.2 gives 0 to 8190. */
  static final int MAX_POSITION = 8190;

  /** Block Size counts characters and pointers in 16 bits. */
  static final int MAX_BLOCK_TOKENS = 0xFFFF;

  static final int BLOCK_SIZE_BITS = 16;

  /** Char&amp;Len Set: 256 characters, then the lengths 3 to 256. */
  static final int CHAR_SYMBOLS = 256 + MAX_MATCH - MIN_MATCH + 1;

  static final int CHAR_COUNT_BITS = 9;

  /** Position Set: bit lengths 0 to 13 of a String Position. */
  static final int POSITION_SYMBOLS = 14;

  static final int POSITION_COUNT_BITS = 4;

  /** Extra Set: three kinds of zero runs, then the code lengths 1 to 16. */
  static final int EXTRA_SYMBOLS = 19;

  static final int EXTRA_COUNT_BITS = 5;

  /** Extra Set symbols for runs of zero code lengths: one; 3 to 18; 20 to 531. */
  static final int ONE_ZERO = 0;

  static final int ZEROS_FROM_3 = 1;
  static final int ZEROS_FROM_20 = 2;

  /** Code length {@code n} is Extra Set symbol {@code n + 2}. */
  static final int LENGTH_BIAS = 2;

  /** After the third code length of the Extra Set come 2 bits: how many zeros follow. */
  static final int ZERO_COUNT_AFTER = 3;

  /** Longest Huffman code, in bits. */
  static final int MAX_CODE_LENGTH = 16;

  private UefiFormat() {}

  /** The Char&amp;Len symbol of a string of this length. */
  static int lengthSymbol(int length) {
    return 256 + length - MIN_MATCH;
  }

  /** The Position Set symbol: how many bits {@code position} has. */
  static int positionSymbol(int position) {
    return 32 - Integer.numberOfLeadingZeros(position);
  }

  /** Bits of a position that follow its Huffman code: all but the leading one. */
  static int positionExtraBits(int symbol) {
    return Math.max(0, symbol - 1);
  }
}
