package zeroboot.image.compress;

import zeroboot.image.bytes.SpecWriter;

/**
 * Compresses for {@code EFI_DECOMPRESS_PROTOCOL} (UEFI specification 2.10, chapter 19), the one
 * decompressor that every UEFI firmware carries.
 *
 * <p>The way to a small result: find every string that could be pointed at ({@link Matches}), take
 * the cheapest way through them ({@link OptimalParser}), divide it where the statistics change
 * ({@link BlockSplitter}), and do so again with the costs learnt.
 */
public final class UefiCompressor {
  private UefiCompressor() {}

  /** Compresses with {@link Effort#BEST}. */
  public static byte[] compress(byte[] source) {
    return compress(source, Effort.BEST);
  }

  /** The compressed form of {@code source}: header, blocks, terminator (section 19.2.2). */
  public static byte[] compress(byte[] source, Effort effort) {
    BitWriter out = new BitWriter();
    parse(source, effort).put(out);
    return framed(out, source.length);
  }

  /**
   * Compresses a source that is nearly one whose compressed form is at hand, such as a core with
   * another trust root in it. What did not change is copied, so this takes a fraction of the time
   * and comes out as small.
   */
  public static byte[] compressLike(byte[] source, Compressed like) {
    BitWriter out = new BitWriter();
    TokenReuse.put(out, source, like);
    return framed(out, source.length);
  }

  static Blocks parse(byte[] source, Effort effort) {
    OptimalParser parser = new OptimalParser(source, Matches.find(source, effort.depth));
    BlockPlan plan = BlockPlan.initial(source.length);
    Blocks best = BlockSplitter.split(parser.parse(plan));
    for (int round = 1; round < effort.rounds; round++) {
      plan = BlockPlan.of(best, CostModel::ofEntropy);
      best = smaller(best, BlockSplitter.split(parser.parse(plan)));
    }
    for (int round = 0; round < effort.finishingRounds; round++) {
      plan = BlockPlan.of(best, CostModel::ofCodes);
      best = smaller(best, plan.divide(parser.parse(plan)));
    }
    return best;
  }

  private static Blocks smaller(Blocks a, Blocks b) {
    return b.bits() < a.bits() ? b : a;
  }

  private static byte[] framed(BitWriter out, int originalSize) {
    byte[] packed = out.toByteArray();
    return new SpecWriter(UefiFormat.HEADER_BYTES + packed.length + 1)
        .at(0)
        .le32(packed.length + 1) // Compressed Size, with the terminator
        .at(4)
        .le32(originalSize) // Original Size
        .at(8)
        .raw(packed)
        .u8(0) // Terminator
        .endsAt(UefiFormat.HEADER_BYTES + packed.length + 1);
  }
}
