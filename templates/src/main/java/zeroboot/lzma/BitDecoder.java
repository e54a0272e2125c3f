package zeroboot.lzma;

/** Finds bits in a stream, and nothing behind its end. */
final class BitDecoder extends BitCoder {
  /** What is read before the first bit: a zero, and four bytes of the code. */
  static final int LOOKAHEAD = 5;

  private final byte[] stream;
  private final int end;
  private int next;
  private int code;

  /** Bits of {@code stream} from {@code start} to {@code end}. */
  BitDecoder(byte[] stream, int start, int end) throws DamagedLzmaException {
    this.stream = stream;
    this.end = end;
    next = start;
    if (end - start < LOOKAHEAD || stream[start] != 0) {
      throw new DamagedLzmaException("it begins with no zero");
    }
    for (int i = 0; i < LOOKAHEAD; i++) {
      code = (code << 8) | take();
    }
    if (code == range) {
      throw new DamagedLzmaException("its first bytes mean nothing");
    }
  }

  /** Goes on in {@code stream} where an encoder was that wrote the beginning of the same. */
  BitDecoder(byte[] stream, BitEncoder point) throws DamagedLzmaException {
    this.stream = stream;
    end = stream.length;
    next = point.position();
    if (next > end) {
      throw new DamagedLzmaException("it ends early");
    }
    for (int i = next - Integer.BYTES; i < next; i++) {
      code = (code << 8) | (stream[i] & 0xFF);
    }
    code -= point.low();
    range = point.range;
  }

  @Override
  int bit(short[] table, int at, int value) throws DamagedLzmaException {
    normalise();
    int bound = bound(table[at]);
    int bit;
    if (Integer.compareUnsigned(code, bound) < 0) {
      range = bound;
      bit = 0;
    } else {
      range -= bound;
      code -= bound;
      bit = 1;
    }
    move(table, at, bit);
    return bit;
  }

  @Override
  int direct(int count, int value) throws DamagedLzmaException {
    int result = 0;
    for (int i = 0; i < count; i++) {
      normalise();
      range >>>= 1;
      int bit = Integer.compareUnsigned(code, range) < 0 ? 0 : 1;
      code -= range & -bit;
      result = (result << 1) | bit;
    }
    return result;
  }

  /** How far the stream was read. */
  int position() {
    return next;
  }

  /** Whether the stream ends here as streams do. */
  boolean isWhole() throws DamagedLzmaException {
    normalise();
    return code == 0 && next == end;
  }

  private void normalise() throws DamagedLzmaException {
    if (isNarrow()) {
      range <<= 8;
      code = (code << 8) | take();
    }
  }

  private int take() throws DamagedLzmaException {
    if (next == end) {
      throw new DamagedLzmaException("it ends early");
    }
    return stream[next++] & 0xFF;
  }
}
