package zeroboot.image.compress;

/**
 * Reads the blocks of compressed data (UEFI specification section 19.2.3). Whatever the bytes are,
 * it ends: each token stands for at least one byte of an original whose size is bounded.
 */
final class TokenReader {
  private final BitReader in;
  private final int originalSize;
  private int produced;

  /**
   * A reader of blocks.
   *
   * @param in where the next one begins
   */
  TokenReader(BitReader in, int originalSize) {
    this.in = in;
    this.originalSize = originalSize;
  }

  /** All tokens of the next block. */
  void read(Tokens tokens) throws CorruptDataException {
    int count = in.take(UefiFormat.BLOCK_SIZE_BITS);
    if (count == 0) {
      throw new CorruptDataException("a block is empty");
    }
    HuffmanDecoder chars = chars(extra());
    HuffmanDecoder positions =
        lengths(UefiFormat.POSITION_SYMBOLS, UefiFormat.POSITION_COUNT_BITS, -1);
    for (int i = 0; i < count; i++) {
      int symbol = chars.take(in);
      int token = symbol < 256 ? symbol : pointer(symbol, positions.take(in));
      produced += Tokens.length(token);
      if (produced > originalSize || in.isExhausted()) {
        throw new CorruptDataException("the blocks do not fit the sizes in the header");
      }
      tokens.add(token);
    }
  }

  boolean isComplete() {
    return produced == originalSize;
  }

  /** Filling bits of 0 up to the byte, then a byte of 0 (section 19.2.2). */
  void requireTerminator() throws CorruptDataException {
    long rest = in.remaining();
    if (rest < 8 || rest > 15 || in.take((int) rest) != 0) {
      throw new CorruptDataException("no terminator after the last block");
    }
  }

  private int pointer(int symbol, int positionSymbol) throws CorruptDataException {
    int extraBits = UefiFormat.positionExtraBits(positionSymbol);
    int position = positionSymbol <= 1 ? positionSymbol : (1 << extraBits) | in.take(extraBits);
    if (position >= produced || position > UefiFormat.MAX_POSITION) {
      throw new CorruptDataException("a pointer leads out of the window");
    }
    return Tokens.pointer(symbol - 256 + UefiFormat.MIN_MATCH, position);
  }

  private HuffmanDecoder extra() throws CorruptDataException {
    return lengths(
        UefiFormat.EXTRA_SYMBOLS, UefiFormat.EXTRA_COUNT_BITS, UefiFormat.ZERO_COUNT_AFTER);
  }

  /** The Extra Set's or the Position Set's code. */
  private HuffmanDecoder lengths(int symbols, int countBits, int zerosAfter)
      throws CorruptDataException {
    int count = in.take(countBits);
    if (count == 0) {
      return HuffmanDecoder.only(below(symbols, in.take(countBits)));
    }
    int[] lengths = new int[below(symbols + 1, count) + 3];
    int i = 0;
    while (i < count) {
      lengths[i++] = length();
      if (i == zerosAfter) {
        i += in.take(2);
      }
    }
    return HuffmanDecoder.of(lengths);
  }

  private int length() throws CorruptDataException {
    int length = in.take(3);
    if (length == 7) {
      while (in.take(1) == 1) {
        length++;
        below(UefiFormat.MAX_CODE_LENGTH + 1, length);
      }
    }
    return length;
  }

  private HuffmanDecoder chars(HuffmanDecoder extra) throws CorruptDataException {
    int count = in.take(UefiFormat.CHAR_COUNT_BITS);
    if (count == 0) {
      return HuffmanDecoder.only(
          below(UefiFormat.CHAR_SYMBOLS, in.take(UefiFormat.CHAR_COUNT_BITS)));
    }
    int[] lengths = new int[below(UefiFormat.CHAR_SYMBOLS + 1, count)];
    int i = 0;
    while (i < count) {
      int symbol = extra.take(in);
      if (symbol > UefiFormat.ZEROS_FROM_20) {
        lengths[i++] = symbol - UefiFormat.LENGTH_BIAS;
      } else {
        i = below(count + 1, i + zeroRun(symbol));
      }
    }
    return HuffmanDecoder.of(lengths);
  }

  private int zeroRun(int symbol) {
    return switch (symbol) {
      case UefiFormat.ONE_ZERO -> 1;
      case UefiFormat.ZEROS_FROM_3 -> 3 + in.take(4);
      default -> 20 + in.take(UefiFormat.CHAR_COUNT_BITS);
    };
  }

  private static int below(int limit, int value) throws CorruptDataException {
    if (value >= limit) {
      throw new CorruptDataException("a Huffman code has a symbol or length that does not exist");
    }
    return value;
  }
}
