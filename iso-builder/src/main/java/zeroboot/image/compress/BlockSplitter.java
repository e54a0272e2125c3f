package zeroboot.image.compress;

import java.util.Arrays;
import zeroboot.ground.Units;

/**
 * Decides where blocks end. A new block costs a header of some hundred bytes and gains codes that
 * fit its tokens better; the cheapest division into runs of chunks is a shortest path.
 */
final class BlockSplitter {
  private static final int CHUNK_TOKENS = 512;
  private static final int MAX_CHUNKS = 96;

  /** A header as an estimate: fixed part, and for each symbol that occurs. In bits. */
  private static final double HEADER_BITS = 200;

  private static final double HEADER_BITS_PER_SYMBOL = 3;

  private BlockSplitter() {}

  static Blocks split(Tokens tokens) {
    Histogram[] chunks = chunks(tokens);
    double[] nLogN = nLogN(Math.min(tokens.size(), CHUNK_TOKENS * MAX_CHUNKS));
    double[] cost = new double[chunks.length + 1];
    int[] from = new int[chunks.length + 1];
    for (int end = 1; end <= chunks.length; end++) {
      cost[end] = Double.MAX_VALUE;
      Histogram block = new Histogram();
      for (int start = end - 1; start >= Math.max(0, end - MAX_CHUNKS); start--) {
        block.add(chunks[start]);
        double total = cost[start] + estimate(block, nLogN);
        if (total < cost[end]) {
          cost[end] = total;
          from[end] = start;
        }
      }
    }
    return new Blocks(tokens, ends(from, tokens));
  }

  /** {@code n log2 n} up to a limit: with it the entropy of a histogram is a sum of entries. */
  private static double[] nLogN(int limit) {
    double[] nLogN = new double[limit + 1];
    for (int n = 1; n <= limit; n++) {
      nLogN[n] = n * Log2.of(n);
    }
    return nLogN;
  }

  private static Histogram[] chunks(Tokens tokens) {
    Histogram[] chunks = new Histogram[Units.count(tokens.size(), CHUNK_TOKENS)];
    for (int i = 0; i < chunks.length; i++) {
      int end = Math.min(tokens.size(), (i + 1) * CHUNK_TOKENS);
      chunks[i] = Histogram.of(tokens, i * CHUNK_TOKENS, end);
    }
    return chunks;
  }

  private static int[] ends(int[] from, Tokens tokens) {
    int[] ends = new int[from.length];
    int first = ends.length;
    for (int chunk = from.length - 1; chunk > 0; chunk = from[chunk]) {
      ends[--first] = Math.min(tokens.size(), chunk * CHUNK_TOKENS);
    }
    return Arrays.copyOfRange(ends, first, ends.length);
  }

  private static double estimate(Histogram block, double[] nLogN) {
    int used = 0;
    for (int frequency : block.chars) {
      used += frequency > 0 ? 1 : 0;
    }
    return HEADER_BITS
        + used * HEADER_BITS_PER_SYMBOL
        + entropy(block.chars, nLogN)
        + entropy(block.positions, nLogN);
  }

  private static double entropy(int[] frequencies, double[] nLogN) {
    int total = 0;
    double bits = 0;
    for (int frequency : frequencies) {
      total += frequency;
      bits -= nLogN[frequency];
    }
    return bits + nLogN[total];
  }
}
