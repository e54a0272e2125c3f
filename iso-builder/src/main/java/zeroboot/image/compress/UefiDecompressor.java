package zeroboot.image.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import zeroboot.ground.ZbootException;

/**
 * Decompresses what {@link UefiCompressor} made, as {@code EFI_DECOMPRESS_PROTOCOL} does (UEFI
 * specification 2.10, chapter 19), but strictly: firmware reads zeros past the end and copies from
 * before the start, this refuses.
 */
public final class UefiDecompressor {
  /** More than any core; a header that claims more is damaged. */
  public static final int MAX_ORIGINAL_SIZE = 16 << 20;

  private UefiDecompressor() {}

  /**
   * The original.
   *
   * @throws ZbootException (settings) if {@code compressed} is not a complete compressed form
   */
  public static byte[] decompress(byte[] compressed) {
    return expand(decoded(compressed, UefiDecompressor::read).tokens());
  }

  /**
   * The bytes of the original, as the header states them and firmware believes it; 0 if there is no
   * header. {@link #decompress} gives so many, or fails.
   */
  public static int declaredSize(byte[] compressed) {
    return compressed.length < UefiFormat.HEADER_BYTES
        ? 0
        : ByteBuffer.wrap(compressed).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
  }

  /** Where the blocks of {@code compressed} begin. */
  public static BlockIndex index(byte[] compressed) {
    return decoded(compressed, UefiDecompressor::read).index();
  }

  /**
   * The tokens of one block.
   *
   * @param bit where it begins, from the first block on
   * @param offset of what it stands for in the original
   */
  static Tokens block(byte[] compressed, int bit, int offset) {
    return decoded(
        compressed,
        bytes -> {
          BitReader in = blocks(bytes);
          in.skip(bit);
          Tokens tokens = new Tokens(0);
          new TokenReader(in, originalSize(bytes), offset).read(tokens);
          return tokens;
        });
  }

  /** All that decoding finds out. */
  private record Decoded(Tokens tokens, BlockIndex index) {}

  private interface Decoding<T> {
    T of(byte[] compressed) throws CorruptDataException;
  }

  private static <T> T decoded(byte[] compressed, Decoding<T> decoding) {
    try {
      return decoding.of(compressed);
    } catch (CorruptDataException e) {
      throw ZbootException.settings(
          "compressed iPXE core",
          "is damaged: " + e.getMessage(),
          "make the image again, or copy it again from where it is whole");
    }
  }

  /** The Original Size in the header (section 19.2.2), if header and length fit each other. */
  private static int originalSize(byte[] compressed) throws CorruptDataException {
    if (compressed.length < UefiFormat.HEADER_BYTES) {
      throw new CorruptDataException("only " + compressed.length + " bytes");
    }
    ByteBuffer header = ByteBuffer.wrap(compressed).order(ByteOrder.LITTLE_ENDIAN);
    int compressedSize = header.getInt(0);
    int originalSize = header.getInt(4);
    if (compressedSize != compressed.length - UefiFormat.HEADER_BYTES
        || originalSize < 0
        || originalSize > MAX_ORIGINAL_SIZE) {
      throw new CorruptDataException(
          String.format("sizes 0x%x and 0x%x in the header", compressedSize, originalSize));
    }
    return originalSize;
  }

  private static BitReader blocks(byte[] compressed) {
    return new BitReader(compressed, UefiFormat.HEADER_BYTES, compressed.length);
  }

  private static Decoded read(byte[] compressed) throws CorruptDataException {
    TokenReader reader = new TokenReader(blocks(compressed), originalSize(compressed), 0);
    Tokens tokens = new Tokens(0);
    IntStream.Builder bits = IntStream.builder().add(0);
    IntStream.Builder offsets = IntStream.builder().add(0);
    while (!reader.isComplete()) {
      reader.read(tokens);
      bits.add(reader.bits());
      offsets.add(reader.produced());
    }
    reader.requireTerminator();
    return new Decoded(tokens, new BlockIndex(bits.build().toArray(), offsets.build().toArray()));
  }

  private static byte[] expand(Tokens tokens) {
    byte[] original = new byte[tokens.sourceLength()];
    int at = 0;
    for (int i = 0; i < tokens.size(); i++) {
      int token = tokens.get(i);
      if (Tokens.isPointer(token)) {
        int from = at - Tokens.position(token) - 1;
        for (int end = at + Tokens.length(token); at < end; at++) {
          original[at] = original[from++]; // byte by byte: the string may overlap itself
        }
      } else {
        original[at++] = (byte) token;
      }
    }
    return original;
  }
}
