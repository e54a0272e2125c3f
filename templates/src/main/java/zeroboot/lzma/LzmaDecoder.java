package zeroboot.lzma;

import java.util.Arrays;

/** Reads a stream strictly: all of it, and nothing else, stands for all of the data. */
public final class LzmaDecoder {
  private final LzmaModel model;
  private final BitDecoder coder;
  private final byte[] data;
  private int at;

  private LzmaDecoder(LzmaModel model, BitDecoder coder, byte[] data, int at) {
    this.model = model;
    this.coder = coder;
    this.data = data;
    this.at = at;
  }

  /**
   * A decoder at the beginning of a stream.
   *
   * @param literalContextBits which LZMA: lc; lp and pb are 0
   * @param stream where it lies
   * @param start its first byte
   * @param end after its last byte
   * @param size how many bytes it stands for, at most
   */
  public static LzmaDecoder of(int literalContextBits, byte[] stream, int start, int end, int size)
      throws DamagedLzmaException {
    return new LzmaDecoder(
        new LzmaModel(literalContextBits), new BitDecoder(stream, start, end), new byte[size], 0);
  }

  /**
   * A decoder that goes on where an encoder was.
   *
   * @param stream which begins with what the encoder had written
   * @param known what it stands for, at least up to there; not changed
   */
  public static LzmaDecoder at(LzmaEncoder point, byte[] stream, byte[] known)
      throws DamagedLzmaException {
    return new LzmaDecoder(
        point.model().copy(), new BitDecoder(stream, point.coder()), known.clone(), point.at());
  }

  /** The next decision. */
  Packet next() throws DamagedLzmaException {
    Packet packet = model.step(coder, data, at, data.length, Packet.LITERAL);
    if (!packet.isEnd()) {
      at += packet.length();
    }
    return packet;
  }

  /** Reads until {@code size} bytes are there; a string may go on beyond. */
  public void readTo(int size) throws DamagedLzmaException {
    while (at < size) {
      if (next().isEnd()) {
        throw new DamagedLzmaException("it ends early");
      }
    }
  }

  /** Bytes that are there. */
  public int at() {
    return at;
  }

  /** How far the stream was read. */
  public int position() {
    return coder.position();
  }

  /** All data of a stream that has no end marker. */
  public byte[] readAll() throws DamagedLzmaException {
    readTo(data.length);
    requireWhole();
    return data;
  }

  /** All data of a stream that has an end marker. */
  public byte[] readMarked() throws DamagedLzmaException {
    while (!next().isEnd()) {
      // all is done
    }
    requireWhole();
    return Arrays.copyOf(data, at);
  }

  /** As much as there is of a stream that may be damaged. */
  public byte[] readAvailable() {
    try {
      readTo(data.length);
    } catch (DamagedLzmaException e) {
      return Arrays.copyOf(data, at);
    }
    return data;
  }

  void requireWhole() throws DamagedLzmaException {
    if (!coder.isWhole()) {
      throw new DamagedLzmaException("it goes on after its end");
    }
  }
}
