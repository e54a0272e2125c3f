package zeroboot.lzma;

import java.util.Arrays;

/**
 * Packs a text behind what a stream has already: takes the longest string at each place, unless the
 * next place has a longer one. That is quick, and within a few per cent of the best for a script.
 */
public final class LzmaParser {
  private static final int HASH_BITS = 12;
  private static final int MIN_LENGTH = 3;

  /** So many earlier places are looked at. */
  private static final int DEPTH = 24;

  /** A string that is as long is taken at once. */
  private static final int LONG = 64;

  private final byte[] data;
  private final int start;
  private final int[] latest = new int[1 << HASH_BITS];
  private final int[] before;
  private int indexed;
  private int length;
  private int distance;

  private LzmaParser(byte[] data, int start) {
    this.data = data;
    this.start = start;
    indexed = start;
    before = new int[data.length - start];
    Arrays.fill(latest, -1);
  }

  /**
   * Writes all of {@code data} that the encoder does not have yet.
   *
   * @param start where strings are searched from; what lies before is not looked at
   */
  public static void parse(LzmaEncoder to, byte[] data, int start) {
    new LzmaParser(data, start).parse(to);
  }

  private void parse(LzmaEncoder to) {
    while (to.at() < data.length) {
      to.put(choose(to.at(), to.model()), data);
    }
  }

  private Packet choose(int at, LzmaModel model) {
    int index = 0;
    int repeated = 0;
    for (int i = 0; i < 4; i++) {
      int length = common(at, at - model.distance(i) - 1);
      if (length > repeated) {
        repeated = length;
        index = i;
      }
    }
    if (repeated >= LONG) {
      return new Packet(index, repeated, model.distance(index));
    }
    search(at);
    int length = this.length;
    int distance = this.distance;
    if (repeated >= 2 && repeated + 1 + (distance >>> 9 == 0 ? 0 : 1) >= length) {
      return new Packet(index, repeated, model.distance(index));
    }
    if (length < MIN_LENGTH) {
      return Packet.LITERAL;
    }
    if (length < LONG && at + 1 < data.length) {
      search(at + 1);
      if (this.length > length) {
        return Packet.LITERAL;
      }
    }
    return new Packet(Packet.NEW, length, distance);
  }

  /** The longest string, and of those the nearest. */
  private void search(int at) {
    length = 0;
    distance = 0;
    if (at + MIN_LENGTH > data.length) {
      return;
    }
    for (; indexed < at; indexed++) {
      int hash = hash(indexed);
      before[indexed - start] = latest[hash];
      latest[hash] = indexed;
    }
    int from = latest[hash(at)];
    for (int i = 0; i < DEPTH && from >= 0; i++) {
      int common = common(at, from);
      if (common > length) {
        length = common;
        distance = at - from - 1;
      }
      from = before[from - start];
    }
  }

  private int common(int at, int from) {
    if (from < start) {
      return 0;
    }
    int end = Math.min(data.length, at + LzmaModel.MAX_LENGTH);
    int length = Arrays.mismatch(data, at, end, data, from, from + end - at);
    return length < 0 ? end - at : length;
  }

  private int hash(int at) {
    int bytes = (data[at] & 0xFF) | ((data[at + 1] & 0xFF) << 8) | ((data[at + 2] & 0xFF) << 16);
    return (bytes * 0x9E37_79B1) >>> (32 - HASH_BITS);
  }
}
