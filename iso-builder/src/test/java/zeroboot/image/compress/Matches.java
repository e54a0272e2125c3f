package zeroboot.image.compress;

import java.util.Arrays;

/**
 * For every byte of a source, the strings before it that it repeats. What a pointer costs depends
 * on how many bits its position has, so per number of bits only the longest string counts, and that
 * only if it is longer than every nearer one.
 */
final class Matches {
  private static final int HASH_BITS = 16;

  /** Entries of byte {@code i}: {@code start[i]} up to {@code start[i + 1]}, nearest first. */
  private final int[] start;

  private int[] entries;
  private int count;

  private Matches(int sourceLength) {
    start = new int[sourceLength + 1];
    entries = new int[Math.max(16, sourceLength)];
  }

  /** Index of the first match at {@code offset}; they end where those of the next offset start. */
  int first(int offset) {
    return start[offset];
  }

  /** A match as {@link Tokens} has pointers; lengths ascend with the index. */
  int get(int index) {
    return entries[index];
  }

  /**
   * Finds all matches.
   *
   * @param depth how many earlier strings to look at for each byte
   */
  static Matches find(byte[] source, int depth) {
    Matches matches = new Matches(source.length);
    int[] newest = new int[1 << HASH_BITS];
    Arrays.fill(newest, -1);
    int[] previous = new int[source.length];
    for (int at = 0; at < source.length; at++) {
      matches.start[at] = matches.count;
      if (source.length - at >= UefiFormat.MIN_MATCH) {
        int hash = hash(source, at);
        matches.collect(source, at, newest[hash], previous, depth);
        previous[at] = newest[hash];
        newest[hash] = at;
      }
    }
    matches.start[source.length] = matches.count;
    return matches;
  }

  private void collect(byte[] source, int at, int candidate, int[] previous, int depth) {
    int limit = Math.min(UefiFormat.MAX_MATCH, source.length - at);
    int oldest = Math.max(0, at - 1 - UefiFormat.MAX_POSITION);
    int best = UefiFormat.MIN_MATCH - 1;
    int bestSymbol = -1;
    for (int left = depth; candidate >= oldest && left > 0; left--) {
      if (source[candidate + best] == source[at + best]) {
        int length = commonLength(source, candidate, at, limit);
        if (length > best) {
          best = length;
          int position = at - candidate - 1;
          int symbol = UefiFormat.positionSymbol(position);
          add(Tokens.pointer(length, position), symbol == bestSymbol);
          bestSymbol = symbol;
          if (length == limit) {
            return;
          }
        }
      }
      candidate = previous[candidate];
    }
  }

  private void add(int match, boolean replacesLast) {
    if (replacesLast) {
      count--;
    } else if (count == entries.length) {
      entries = Arrays.copyOf(entries, count + count / 2);
    }
    entries[count++] = match;
  }

  private static int commonLength(byte[] source, int a, int b, int limit) {
    int mismatch = Arrays.mismatch(source, a, a + limit, source, b, b + limit);
    return mismatch < 0 ? limit : mismatch;
  }

  private static int hash(byte[] source, int at) {
    int three =
        (source[at] & 0xFF) | ((source[at + 1] & 0xFF) << 8) | ((source[at + 2] & 0xFF) << 16);
    return (three * 0x9E3779B1) >>> (32 - HASH_BITS);
  }
}
