package zeroboot.lzma;

/**
 * One side of a range coder. Both sides go through a stream by the same calls: the encoder is told
 * each bit and gives it back, the decoder finds it.
 */
abstract class BitCoder {
  /** Probabilities are numbers of 11 bits: how likely a 0 is. */
  static final int PROBABILITY_BITS = 11;

  static final short HALF = 1 << (PROBABILITY_BITS - 1);

  /** A 0 moves a probability by a 32nd of what is left, a 1 by a 32nd of what is there. */
  private static final int MOVE_BITS = 5;

  /** A range that has no bit here is too small for another decision. */
  private static final int TOP = 0xFF00_0000;

  /** Unsigned. */
  int range = -1;

  /** One bit, whose probability is {@code table[at]}. */
  abstract int bit(short[] table, int at, int value) throws DamagedLzmaException;

  /** So many bits that are as likely 0 as 1, the most significant one first. */
  abstract int direct(int count, int value) throws DamagedLzmaException;

  /** The part of the range that stands for a 0. */
  final int bound(short probability) {
    return (range >>> PROBABILITY_BITS) * probability;
  }

  final boolean isNarrow() {
    return (range & TOP) == 0;
  }

  static void move(short[] table, int at, int bit) {
    int probability = table[at];
    table[at] =
        (short)
            (bit == 0
                ? probability + (((1 << PROBABILITY_BITS) - probability) >> MOVE_BITS)
                : probability - (probability >> MOVE_BITS));
  }

  /** {@code count} bits of a tree whose root is {@code table[at + 1]}, highest first. */
  final int tree(short[] table, int at, int count, int value) throws DamagedLzmaException {
    int node = 1;
    for (int bit = count - 1; bit >= 0; bit--) {
      node = (node << 1) | bit(table, at + node, (value >>> bit) & 1);
    }
    return node - (1 << count);
  }

  /** The same, lowest bit first. */
  final int reversed(short[] table, int at, int count, int value) throws DamagedLzmaException {
    int node = 1;
    int result = 0;
    for (int place = 0; place < count; place++) {
      int bit = bit(table, at + node, (value >>> place) & 1);
      node = (node << 1) | bit;
      result |= bit << place;
    }
    return result;
  }
}
