package zeroboot.image.compress;

/** Decodes one canonical Huffman code. */
final class HuffmanDecoder {
  /** Of all codes of one length, left-aligned in 16 bits: the first one after them. */
  private final int[] limit = new int[UefiFormat.MAX_CODE_LENGTH + 1];

  /** Index in {@code symbols} less the code, for each length. */
  private final int[] offset = new int[UefiFormat.MAX_CODE_LENGTH + 1];

  private final int[] symbols;

  private HuffmanDecoder(int[] symbols) {
    this.symbols = symbols;
  }

  /** A code with one symbol, which takes no bits. */
  static HuffmanDecoder only(int symbol) {
    return new HuffmanDecoder(new int[] {symbol});
  }

  /** The code with these lengths. */
  static HuffmanDecoder of(int[] lengths) throws CorruptDataException {
    int[] symbols = new int[lengths.length];
    HuffmanDecoder decoder = new HuffmanDecoder(symbols);
    int next = 0; // the code that follows, left-aligned
    int count = 0;
    for (int length = 1; length <= UefiFormat.MAX_CODE_LENGTH; length++) {
      int unit = 1 << (UefiFormat.MAX_CODE_LENGTH - length);
      decoder.offset[length] = count - next / unit;
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          symbols[count++] = symbol;
          next += unit;
        }
      }
      decoder.limit[length] = next;
    }
    if (next != (1 << UefiFormat.MAX_CODE_LENGTH)) {
      throw new CorruptDataException("a Huffman code is not complete");
    }
    return decoder;
  }

  int take(BitReader in) {
    if (symbols.length == 1) {
      return symbols[0];
    }
    int code = in.peek(UefiFormat.MAX_CODE_LENGTH);
    int length = 1;
    while (code >= limit[length]) {
      length++; // ends at 16: the code is complete
    }
    in.skip(length);
    return symbols[(code >>> (UefiFormat.MAX_CODE_LENGTH - length)) + offset[length]];
  }
}
