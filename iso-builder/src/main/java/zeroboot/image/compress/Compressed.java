package zeroboot.image.compress;

import java.util.Arrays;

/**
 * A compressed form with all that is needed to compress a source that is nearly the same.
 *
 * @param bytes the compressed form; not to be changed
 * @param original what it stands for; not to be changed
 * @param index where its blocks begin
 */
public record Compressed(byte[] bytes, byte[] original, BlockIndex index) {
  /**
   * Decodes {@code bytes}.
   *
   * @throws zeroboot.ground.ZbootException (settings) if they are not a complete compressed form
   */
  static Compressed read(byte[] bytes) {
    return new Compressed(bytes, UefiDecompressor.decompress(bytes), UefiDecompressor.index(bytes));
  }

  /** Whether a block stands for bytes of {@code source} just as well: they and those before. */
  boolean holds(int block, byte[] source) {
    int from = Math.max(0, index.offsets()[block] - UefiFormat.MAX_POSITION - 1);
    int to = index.offsets()[block + 1];
    return to <= source.length && Arrays.equals(original, from, to, source, from, to);
  }

  /** The tokens of a block. */
  Tokens tokens(int block) {
    return UefiDecompressor.block(bytes, index.bits()[block], index.offsets()[block]);
  }

  /** Copies the bits of a block, which need not start at a byte. */
  void copy(int block, BitWriter out) {
    BitReader in = new BitReader(bytes, UefiFormat.HEADER_BYTES, bytes.length);
    in.skip(index.bits()[block]);
    int left = index.bits()[block + 1] - index.bits()[block];
    for (; left >= Short.SIZE; left -= Short.SIZE) {
      out.put(in.take(Short.SIZE), Short.SIZE);
    }
    out.put(in.take(left), left);
  }
}
