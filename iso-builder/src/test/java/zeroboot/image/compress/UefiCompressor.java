package zeroboot.image.compress;

import zeroboot.image.bytes.SpecWriter;

/**
 * Compresses as images of earlier versions are, but plainly: the longest string at each place, and
 * blocks that are as long as they can be (UEFI specification 2.10, section 19.2).
 */
public final class UefiCompressor {
  private static final int DEPTH = 64;

  private UefiCompressor() {}

  /** The compressed form of {@code source}: header, blocks, terminator. */
  public static byte[] compress(byte[] source) {
    Matches matches = Matches.find(source, DEPTH);
    Tokens tokens = new Tokens(source.length);
    for (int at = 0; at < source.length; ) {
      int found = matches.first(at + 1) - matches.first(at);
      int token = found > 0 ? matches.get(matches.first(at + 1) - 1) : source[at] & 0xFF;
      tokens.add(token);
      at += Tokens.length(token);
    }
    BitWriter out = new BitWriter();
    for (int from = 0; from < tokens.size(); from += UefiFormat.MAX_BLOCK_TOKENS) {
      int end = Math.min(tokens.size(), from + UefiFormat.MAX_BLOCK_TOKENS);
      Block block = Block.of(end - from, Histogram.of(tokens, from, end));
      block.putHeader(out);
      block.putBody(out, tokens, from);
    }
    byte[] packed = out.toByteArray();
    return new SpecWriter(UefiFormat.HEADER_BYTES + packed.length + 1)
        .at(0)
        .le32(packed.length + 1) // Compressed Size, with the terminator
        .at(4)
        .le32(source.length) // Original Size
        .at(8)
        .raw(packed)
        .u8(0) // Terminator
        .endsAt(UefiFormat.HEADER_BYTES + packed.length + 1);
  }
}
