package zeroboot.image.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import zeroboot.ground.ZbootException;

/**
 * Decompresses as {@code EFI_DECOMPRESS_PROTOCOL} does (UEFI specification 2.10, chapter 19), but
 * strictly: firmware reads zeros past the end and copies from before the start, this refuses. The
 * images of earlier versions are packed so.
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
    try {
      return expand(read(compressed));
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

  private static Tokens read(byte[] compressed) throws CorruptDataException {
    BitReader in = new BitReader(compressed, UefiFormat.HEADER_BYTES, compressed.length);
    TokenReader reader = new TokenReader(in, originalSize(compressed));
    Tokens tokens = new Tokens(0);
    while (!reader.isComplete()) {
      reader.read(tokens);
    }
    reader.requireTerminator();
    return tokens;
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
