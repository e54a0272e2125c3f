package zeroboot.image.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import zeroboot.spec.ZbootException;

/**
 * Decompresses what {@link UefiCompressor} made, as {@code EFI_DECOMPRESS_PROTOCOL} does (UEFI
 * specification 2.10, chapter 19), but strictly: firmware reads zeros past the end and copies from
 * before the start, this refuses.
 */
public final class UefiDecompressor {
  /** More than any core; a header that claims more is damaged. */
  static final int MAX_ORIGINAL_SIZE = 16 << 20;

  private UefiDecompressor() {}

  /**
   * The original.
   *
   * @throws ZbootException (settings) if {@code compressed} is not a complete compressed form
   */
  public static byte[] decompress(byte[] compressed) {
    return expand(blocks(compressed));
  }

  static Blocks blocks(byte[] compressed) {
    try {
      return read(compressed);
    } catch (CorruptDataException e) {
      throw ZbootException.settings(
          "compressed iPXE core",
          "is damaged: " + e.getMessage(),
          "make the image again, or copy it again from where it is whole");
    }
  }

  private static Blocks read(byte[] compressed) throws CorruptDataException {
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
    BitReader in = new BitReader(compressed, UefiFormat.HEADER_BYTES, compressed.length);
    BlockReader reader = new BlockReader(in, originalSize);
    Tokens tokens = new Tokens(0);
    int[] ends = new int[16];
    int count = 0;
    while (!reader.isComplete()) {
      reader.read(tokens);
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, 2 * count);
      }
      ends[count++] = tokens.size();
    }
    requireTerminator(in);
    return new Blocks(tokens, Arrays.copyOf(ends, count));
  }

  /** Filling bits of 0 up to the byte, then a byte of 0 (section 19.2.2). */
  private static void requireTerminator(BitReader in) throws CorruptDataException {
    long rest = in.remaining();
    if (rest < 8 || rest > 15 || in.take((int) rest) != 0) {
      throw new CorruptDataException("no terminator after the last block");
    }
  }

  private static byte[] expand(Blocks blocks) {
    byte[] original = new byte[blocks.sourceLength()];
    Tokens tokens = blocks.tokens();
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
