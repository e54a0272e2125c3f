package zeroboot.lzma;

import java.nio.ByteBuffer;

/**
 * Writes a stream, decision by decision. It can be copied at any point and saved at most, so that
 * what begins alike is packed once.
 */
public final class LzmaEncoder {
  /** The longest string of one decision, in bytes. */
  public static final int MAX_LENGTH = LzmaModel.MAX_LENGTH;

  private final LzmaModel model;
  private final BitEncoder coder;
  private int at;

  private LzmaEncoder(LzmaModel model, BitEncoder coder, int at) {
    this.model = model;
    this.coder = coder;
    this.at = at;
  }

  /**
   * An encoder at the beginning of a stream.
   *
   * @param literalContextBits which LZMA: lc; lp and pb are 0
   */
  public static LzmaEncoder of(int literalContextBits) {
    return new LzmaEncoder(new LzmaModel(literalContextBits), new BitEncoder(), 0);
  }

  /**
   * An encoder that goes on.
   *
   * @param written what it had written, or more; not to be changed any more
   * @param saved what {@link #save} gave
   */
  public static LzmaEncoder load(byte[] written, byte[] saved) {
    ByteBuffer in = ByteBuffer.wrap(saved);
    return new LzmaEncoder(LzmaModel.load(in), new BitEncoder(written, in), in.getInt());
  }

  /** All but what was written. */
  public byte[] save() {
    ByteBuffer out =
        ByteBuffer.allocate(model.savedBytes() + BitEncoder.SAVED_BYTES + Integer.BYTES);
    model.save(out);
    coder.save(out);
    return out.putInt(at).array();
  }

  /** Another one that goes on from here. */
  public LzmaEncoder copy() {
    return new LzmaEncoder(model.copy(), coder.copy(), at);
  }

  LzmaModel model() {
    return model;
  }

  BitEncoder coder() {
    return coder;
  }

  /** Bytes that the stream stands for so far. */
  public int at() {
    return at;
  }

  /** How far a decoder has read the stream that has given all bytes so far. */
  public int position() {
    return coder.position();
  }

  /** The next byte of {@code data} as it stands. */
  public void putLiteral(byte[] data) {
    put(Packet.LITERAL, data);
  }

  /** One decision, which has to be true of {@code data}. */
  void put(Packet packet, byte[] data) {
    try {
      model.step(coder, data, at, data.length, packet);
    } catch (DamagedLzmaException e) {
      throw new IllegalArgumentException(packet + " at " + at, e);
    }
    at += packet.isEnd() ? 0 : packet.length();
  }

  /** The bytes that nothing changes any more. */
  public byte[] written() {
    return coder.written();
  }

  /** The whole stream. This encoder is at its end then; a copy is not. */
  public byte[] finish() {
    return coder.finish(0);
  }

  /** The same behind so many bytes of zero, which are for a header. */
  public byte[] finishBehind(int room) {
    return coder.finish(room);
  }
}
