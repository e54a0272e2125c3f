package zeroboot.image.uefi;

import java.util.Arrays;
import java.util.stream.IntStream;

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

  /** These blocks, with one more end where {@code offset} bytes of the source are reached. */
  Blocks dividedAt(int offset) {
    int token = 0;
    for (int at = 0; at < offset && token < tokens.size(); token++) {
      at += Tokens.length(tokens.get(token));
    }
    int[] all = IntStream.concat(IntStream.of(token), Arrays.stream(ends)).sorted().toArray();
    return new Blocks(tokens, Arrays.stream(all).filter(end -> end > 0).distinct().toArray());
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
