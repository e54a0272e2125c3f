package zeroboot.image.compress;

/** How often each symbol occurs in a run of tokens. */
final class Histogram {
  final int[] chars = new int[UefiFormat.CHAR_SYMBOLS];
  final int[] positions = new int[UefiFormat.POSITION_SYMBOLS];

  /** Counts tokens {@code from} up to {@code to}. */
  static Histogram of(Tokens tokens, int from, int to) {
    Histogram histogram = new Histogram();
    for (int i = from; i < to; i++) {
      histogram.add(tokens.get(i));
    }
    return histogram;
  }

  private void add(int token) {
    if (Tokens.isPointer(token)) {
      chars[UefiFormat.lengthSymbol(Tokens.length(token))]++;
      positions[UefiFormat.positionSymbol(Tokens.position(token))]++;
    } else {
      chars[token]++;
    }
  }
}
