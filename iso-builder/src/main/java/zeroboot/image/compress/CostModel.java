package zeroboot.image.compress;

import java.util.function.IntToDoubleFunction;

/**
 * What each symbol is expected to cost, in 1/64 bit, so that a parser can weigh one way of cutting
 * up the source against another before any Huffman code exists.
 *
 * @param chars per Char&amp;Len symbol
 * @param positions per Position Set symbol, with the extra bits
 */
record CostModel(int[] chars, int[] positions) {
  private static final int UNITS_PER_BIT = 64;

  /** A first guess: a character takes 8 bits, a pointer as much as two characters or more. */
  static CostModel initial() {
    return of(
        symbol -> symbol < 256 ? 8 : 5 + UefiFormat.positionSymbol(symbol - 256) / 2, symbol -> 3);
  }

  /** Costs as the entropy of what a block held the last time: smooth, good to search with. */
  static CostModel ofEntropy(Histogram histogram) {
    return of(entropy(histogram.chars), entropy(histogram.positions));
  }

  /** Costs in whole bits, as the Huffman codes of such a block have them: good to finish with. */
  static CostModel ofCodes(Histogram histogram) {
    return of(codeLength(histogram.chars), codeLength(histogram.positions));
  }

  private static CostModel of(IntToDoubleFunction charBits, IntToDoubleFunction positionBits) {
    int[] chars = new int[UefiFormat.CHAR_SYMBOLS];
    for (int symbol = 0; symbol < chars.length; symbol++) {
      chars[symbol] = units(charBits.applyAsDouble(symbol));
    }
    int[] positions = new int[UefiFormat.POSITION_SYMBOLS];
    for (int symbol = 0; symbol < positions.length; symbol++) {
      positions[symbol] =
          units(positionBits.applyAsDouble(symbol) + UefiFormat.positionExtraBits(symbol));
    }
    return new CostModel(chars, positions);
  }

  private static int units(double bits) {
    return (int) Math.round(UNITS_PER_BIT * bits);
  }

  private static IntToDoubleFunction entropy(int[] frequencies) {
    double total = 1;
    for (int frequency : frequencies) {
      total += frequency;
    }
    double logOfTotal = Log2.of(total);
    // A symbol that did not occur would need a code of its own: dearer than the rarest one.
    return symbol ->
        logOfTotal - Log2.of(frequencies[symbol] == 0 ? 0.5 : (double) frequencies[symbol]);
  }

  private static IntToDoubleFunction codeLength(int[] frequencies) {
    HuffmanCode code = HuffmanCode.of(frequencies);
    IntToDoubleFunction otherwise = entropy(frequencies);
    return symbol ->
        code.lengths()[symbol] > 0 ? code.lengths()[symbol] : otherwise.applyAsDouble(symbol);
  }
}
