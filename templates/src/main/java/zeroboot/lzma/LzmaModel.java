package zeroboot.lzma;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What both sides of a stream know after each decision: probabilities, the kind of the latest
 * decisions, the latest distances. LZMA with literal position and position bits 0.
 */
final class LzmaModel {
  private static final int STATES = 12;

  /** From this state on the latest decision was a copy. */
  private static final int AFTER_COPY = 7;

  /** Where the tables begin; {@code lzma-layout.inc} of the UEFI loader has them alike. */
  private static final int MATCH = 0;

  private static final int REP = MATCH + STATES;
  private static final int REP0 = REP + STATES;
  private static final int REP1 = REP0 + STATES;
  private static final int REP2 = REP1 + STATES;
  private static final int REP0_LONG = REP2 + STATES;

  /** Three trees; the roots of the first two leave a place for the choice between them. */
  private static final int LENGTHS = REP0_LONG + STATES;

  private static final int LENGTH_TABLE = 8 + 8 + 256;
  private static final int REP_LENGTHS = LENGTHS + LENGTH_TABLE;
  private static final int SLOTS = REP_LENGTHS + LENGTH_TABLE;
  private static final int SLOT_BITS = 6;
  private static final int SPECIAL = SLOTS + (4 << SLOT_BITS);
  private static final int ALIGN = SPECIAL + 128;
  private static final int ALIGN_BITS = 4;
  private static final int LITERALS = ALIGN + (1 << ALIGN_BITS);
  private static final int LITERAL_TABLE = 0x300;

  /** Slots from here on have bits that no probability is kept for. */
  private static final int FIRST_DIRECT_SLOT = 14;

  private static final int MIN_LENGTH = 2;
  static final int MAX_LENGTH = MIN_LENGTH + 8 + 8 + 256 - 1;

  private final int literalContextBits;
  private final short[] table;
  private final int[] distances;
  private int state;

  LzmaModel(int literalContextBits) {
    this(
        literalContextBits,
        new short[LITERALS + (LITERAL_TABLE << literalContextBits)],
        new int[4]);
    Arrays.fill(table, BitCoder.HALF);
  }

  private LzmaModel(int literalContextBits, short[] table, int[] distances) {
    this.literalContextBits = literalContextBits;
    this.table = table;
    this.distances = distances;
  }

  LzmaModel copy() {
    LzmaModel copy = new LzmaModel(literalContextBits, table.clone(), distances.clone());
    copy.state = state;
    return copy;
  }

  /** What {@link #save} takes. */
  int savedBytes() {
    return 2 * Integer.BYTES + distances.length * Integer.BYTES + table.length * Short.BYTES;
  }

  void save(ByteBuffer out) {
    out.putInt(literalContextBits).putInt(state);
    out.asIntBuffer().put(distances);
    out.position(out.position() + distances.length * Integer.BYTES);
    out.asShortBuffer().put(table);
    out.position(out.position() + table.length * Short.BYTES);
  }

  static LzmaModel load(ByteBuffer in) {
    int contextBits = in.getInt();
    int state = in.getInt();
    int[] distances = {in.getInt(), in.getInt(), in.getInt(), in.getInt()};
    short[] table = new short[LITERALS + (LITERAL_TABLE << contextBits)];
    in.asShortBuffer().get(table);
    in.position(in.position() + table.length * Short.BYTES);
    LzmaModel model = new LzmaModel(contextBits, table, distances);
    model.state = state;
    return model;
  }

  /** One of the four latest distances, less one. */
  int distance(int index) {
    return distances[index];
  }

  /** The index of a distance among the latest; negative if it is none of them. */
  int index(int distance) {
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] == distance) {
        return i;
      }
    }
    return -1;
  }

  /**
   * One decision.
   *
   * @param data what was decided before, up to {@code at}; gets what this decision stands for
   * @param limit where data end
   * @param packet the decision; a decoder does not look at it
   */
  Packet step(BitCoder coder, byte[] data, int at, int limit, Packet packet)
      throws DamagedLzmaException {
    if (coder.bit(table, MATCH + state, packet.isLiteral() ? 0 : 1) == 0) {
      if (at == limit) {
        throw new DamagedLzmaException("it goes on after its end");
      }
      data[at] = (byte) literal(coder, data, at);
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      return Packet.LITERAL;
    }
    Packet found = copy(coder, packet);
    if (found.isEnd()) {
      return found;
    }
    if (found.distance() < 0 || found.distance() >= at || found.length() > limit - at) {
      throw new DamagedLzmaException("a string is not within the data");
    }
    int from = at - found.distance() - 1;
    for (int i = 0; i < found.length(); i++) {
      data[at + i] = data[from + i]; // byte by byte: the string may overlap itself
    }
    return found;
  }

  private Packet copy(BitCoder coder, Packet packet) throws DamagedLzmaException {
    boolean afterCopy = state >= AFTER_COPY;
    if (coder.bit(table, REP + state, packet.index() == Packet.NEW ? 0 : 1) == 0) {
      int length = length(coder, LENGTHS, packet.length());
      int distance = distance(coder, length, packet.distance());
      toFront(3, distance);
      state = afterCopy ? 10 : 7;
      return new Packet(Packet.NEW, length, distance);
    }
    int index = coder.bit(table, REP0 + state, packet.index() > 0 ? 1 : 0);
    if (index == 0) {
      if (coder.bit(table, REP0_LONG + state, packet.length() > 1 ? 1 : 0) == 0) {
        state = afterCopy ? 11 : 9;
        return new Packet(0, 1, distances[0]);
      }
    } else if (coder.bit(table, REP1 + state, packet.index() > 1 ? 1 : 0) != 0) {
      index = 2 + coder.bit(table, REP2 + state, packet.index() > 2 ? 1 : 0);
    }
    int length = length(coder, REP_LENGTHS, packet.length());
    toFront(index, distances[index]);
    state = afterCopy ? 11 : 8;
    return new Packet(index, length, distances[0]);
  }

  private void toFront(int index, int distance) {
    System.arraycopy(distances, 0, distances, 1, index);
    distances[0] = distance;
  }

  private int literal(BitCoder coder, byte[] data, int at) throws DamagedLzmaException {
    int before = at == 0 ? 0 : data[at - 1] & 0xFF;
    int from = LITERALS + LITERAL_TABLE * (before >>> (8 - literalContextBits));
    int value = data[at];
    int node = 1;
    if (state >= AFTER_COPY) {
      int other = data[at - distances[0] - 1]; // differs from this byte, so its bits say something
      int expected;
      int bit;
      do {
        expected = (other >>> 7) & 1;
        other <<= 1;
        bit = coder.bit(table, from + ((1 + expected) << 8) + node, (value >>> 7) & 1);
        value <<= 1;
        node = (node << 1) | bit;
      } while (node < 0x100 && bit == expected);
    }
    for (; node < 0x100; value <<= 1) {
      node = (node << 1) | coder.bit(table, from + node, (value >>> 7) & 1);
    }
    return node;
  }

  private int length(BitCoder coder, int at, int length) throws DamagedLzmaException {
    int value = length - MIN_LENGTH;
    if (coder.bit(table, at, value < 8 ? 0 : 1) == 0) {
      return MIN_LENGTH + coder.tree(table, at, 3, value);
    }
    if (coder.bit(table, at + 8, value < 16 ? 0 : 1) == 0) {
      return MIN_LENGTH + 8 + coder.tree(table, at + 8, 3, value - 8);
    }
    return MIN_LENGTH + 16 + coder.tree(table, at + 16, 8, value - 16);
  }

  private int distance(BitCoder coder, int length, int distance) throws DamagedLzmaException {
    int slots = SLOTS + (Math.min(length - MIN_LENGTH, 3) << SLOT_BITS);
    int slot = coder.tree(table, slots, SLOT_BITS, slot(distance));
    if (slot < 4) {
      return slot;
    }
    int bits = (slot >> 1) - 1;
    int base = (2 | (slot & 1)) << bits;
    int rest = distance - base;
    if (slot < FIRST_DIRECT_SLOT) {
      return base + coder.reversed(table, SPECIAL + base - slot, bits, rest);
    }
    int high = coder.direct(bits - ALIGN_BITS, rest >>> ALIGN_BITS);
    return base + (high << ALIGN_BITS) + coder.reversed(table, ALIGN, ALIGN_BITS, rest);
  }

  /** Twice the place of the highest bit, and the bit below it. */
  private static int slot(int distance) {
    if (distance >= 0 && distance < 4) {
      return distance;
    }
    int highest = 31 - Integer.numberOfLeadingZeros(distance);
    return 2 * highest + ((distance >>> (highest - 1)) & 1);
  }
}
