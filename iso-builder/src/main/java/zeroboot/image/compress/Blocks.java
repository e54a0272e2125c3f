package zeroboot.image.compress;

/**
 * A whole source as tokens, divided into blocks.
 *
 * @param tokens all of them
 * @param ends token counts at which the blocks end, ascending; the last one is all tokens
 */
record Blocks(Tokens tokens, int[] ends) {
  /** Called with each block and its tokens, which start at {@code from}. */
  private interface Visitor {
    void visit(Block block, Histogram histogram, int from);
  }

  /** What all blocks take, in bits. */
  long bits() {
    long[] bits = new long[1];
    forEach((block, histogram, from) -> bits[0] += block.bits(histogram));
    return bits[0];
  }

  void put(BitWriter out) {
    forEach(
        (block, histogram, from) -> {
          block.putHeader(out);
          block.putBody(out, tokens, from);
        });
  }

  private void forEach(Visitor visitor) {
    int from = 0;
    for (int end : ends) {
      Histogram histogram = Histogram.of(tokens, from, end);
      visitor.visit(Block.of(end - from, histogram), histogram, from);
      from = end;
    }
  }
}
