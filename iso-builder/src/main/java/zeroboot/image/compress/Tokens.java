package zeroboot.image.compress;

import java.util.Arrays;

/**
 * A sequence of characters and pointers, the Block Body before Huffman coding (UEFI specification
 * section 19.2.3.2). One {@code int} each: a character is its value, a pointer its length and
 * position.
 */
final class Tokens {
  private int[] tokens;
  private int size;

  Tokens(int capacity) {
    tokens = new int[Math.max(16, capacity)];
  }

  Tokens(int[] tokens) {
    this.tokens = tokens;
    size = tokens.length;
  }

  /** A pointer as one number; never below 256, so never taken for a character. */
  static int pointer(int length, int position) {
    return (length << 16) | position;
  }

  static boolean isPointer(int token) {
    return token > 0xFF;
  }

  /** How many source bytes a token stands for. */
  static int length(int token) {
    return isPointer(token) ? token >>> 16 : 1;
  }

  static int position(int token) {
    return token & 0xFFFF;
  }

  void add(int token) {
    if (size == tokens.length) {
      tokens = Arrays.copyOf(tokens, size * 2);
    }
    tokens[size++] = token;
  }

  int get(int index) {
    return tokens[index];
  }

  int size() {
    return size;
  }

  /** How many source bytes all of them stand for. */
  int sourceLength() {
    int length = 0;
    for (int i = 0; i < size; i++) {
      length += length(tokens[i]);
    }
    return length;
  }
}
