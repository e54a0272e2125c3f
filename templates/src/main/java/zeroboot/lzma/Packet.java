package zeroboot.lzma;

/**
 * One decision of a stream: a byte as it stands, a string that is copied, or the end.
 *
 * @param index which of the latest distances it copies from, 0 to 3, or one of the constants
 * @param length bytes it stands for; 1 only for a byte as it stands and for index 0
 * @param distance how far back the copied string begins, less one
 */
record Packet(int index, int length, int distance) {
  /** A distance that is spelt out. */
  static final int NEW = -1;

  private static final int NONE = -2;

  /** A byte as it stands. */
  static final Packet LITERAL = new Packet(NONE, 1, 0);

  /** The end of a stream that says where it ends: the distance is -1. */
  static final Packet END = new Packet(NEW, 2, -1);

  boolean isLiteral() {
    return index == NONE;
  }

  boolean isEnd() {
    return index == NEW && distance == -1;
  }
}
