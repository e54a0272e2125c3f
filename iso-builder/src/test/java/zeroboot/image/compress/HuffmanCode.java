package zeroboot.image.compress;

import java.util.Arrays;

/**
 * A canonical Huffman code of at most 16 bits per symbol (UEFI specification section 19.2.3.1):
 * shorter codes first, equal lengths in the order of the symbols.
 *
 * @param lengths bits per symbol, 0 for a symbol that does not occur
 * @param codes right-aligned
 * @param only the symbol, if no more than one occurs (0 if none does), else -1. Such a symbol takes
 *     no bits at all.
 */
record HuffmanCode(int[] lengths, int[] codes, int only) {
  /** The best code for symbols that occur this often. */
  static HuffmanCode of(int[] frequencies) {
    int used = 0;
    int only = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      if (frequencies[symbol] > 0) {
        used++;
        only = symbol;
      }
    }
    if (used <= 1) {
      return new HuffmanCode(new int[frequencies.length], new int[frequencies.length], only);
    }
    int[] lengths = limitedLengths(frequencies, used);
    return new HuffmanCode(lengths, canonicalCodes(lengths), -1);
  }

  void put(BitWriter out, int symbol) {
    out.put(codes[symbol], lengths[symbol]);
  }

  /** One more than the last symbol with a code. */
  int usedLength() {
    int n = lengths.length;
    while (n > 0 && lengths[n - 1] == 0) {
      n--;
    }
    return n;
  }

  /**
   * Flattens the frequencies until no code is too long. A block of 65,535 tokens gets there only
   * with Fibonacci-like frequencies, so the loss does not matter.
   */
  private static int[] limitedLengths(int[] frequencies, int used) {
    int[] flattened = frequencies;
    int[] lengths = lengths(flattened, used);
    while (Arrays.stream(lengths).max().orElse(0) > UefiFormat.MAX_CODE_LENGTH) {
      flattened = Arrays.stream(flattened).map(f -> f == 0 ? 0 : f / 2 + 1).toArray();
      lengths = lengths(flattened, used);
    }
    return lengths;
  }

  /** Huffman's algorithm with two queues: sorted leaves, and inner nodes in order of creation. */
  private static int[] lengths(int[] frequencies, int used) {
    int[] leaves = sortedByFrequency(frequencies, used);
    int nodes = 2 * used - 1;
    long[] weight = new long[nodes];
    int[] parent = new int[nodes];
    for (int i = 0; i < used; i++) {
      weight[i] = frequencies[leaves[i]];
    }
    int leaf = 0;
    int inner = used;
    for (int node = used; node < nodes; node++) {
      for (int child = 0; child < 2; child++) {
        boolean takeLeaf = leaf < used && (inner == node || weight[leaf] <= weight[inner]);
        int lightest = takeLeaf ? leaf++ : inner++;
        weight[node] += weight[lightest];
        parent[lightest] = node;
      }
    }
    int[] depth = new int[nodes];
    int[] lengths = new int[frequencies.length];
    for (int node = nodes - 2; node >= 0; node--) {
      depth[node] = depth[parent[node]] + 1;
      if (node < used) {
        lengths[leaves[node]] = depth[node];
      }
    }
    return lengths;
  }

  private static int[] sortedByFrequency(int[] frequencies, int used) {
    long[] keys = new long[used];
    int n = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      if (frequencies[symbol] > 0) {
        keys[n++] = ((long) frequencies[symbol] << 16) | symbol;
      }
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) (key & 0xFFFF)).toArray();
  }

  private static int[] canonicalCodes(int[] lengths) {
    int[] codes = new int[lengths.length];
    int code = 0;
    for (int length = 1; length <= UefiFormat.MAX_CODE_LENGTH; length++) {
      code <<= 1;
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          codes[symbol] = code++;
        }
      }
    }
    return codes;
  }
}
