package zeroboot.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import zeroboot.lzma.LzmaEncoder;

/**
 * The block of a BIOS file that holds the fingerprint of the root certificate, and what is needed
 * to put another there.
 *
 * @param block the file's last one
 * @param at place of the fingerprint in the block, unpacked
 * @param before the block's encoder somewhere before it; not to be changed, only copied
 */
record RootBlock(LkrnFile.Block block, int at, LzmaEncoder before) {
  /** At the end of what {@link #save} gives. */
  private static final int FACTS = 3;

  /**
   * Finds it.
   *
   * @param origin names the file in an error
   * @throws zeroboot.ground.ZbootException (settings) if iPXE's own root is not there exactly once,
   *     or the file is not exactly as those that are known
   */
  static RootBlock of(String origin, byte[] lkrn) {
    LkrnFile file = LkrnFile.read(origin, lkrn);
    byte[] all = file.plain();
    LkrnFile.Block last = file.last();
    int blocksBefore = all.length - last.filtered().length;
    int at = IpxeRoot.find(all, 0);
    if (at < blocksBefore || IpxeRoot.find(all, at + 1) >= 0) {
      throw LkrnFile.refused(origin, "does not hold iPXE's own root exactly once");
    }
    return new RootBlock(last, at - blocksBefore, last.before(origin, at - blocksBefore));
  }

  /**
   * The file with another root.
   *
   * @param lkrn the file that this is a block of
   * @param root SHA-256 of the certificate
   * @throws zeroboot.ground.ZbootException (settings) if the result does not read as it should
   */
  byte[] with(String origin, byte[] lkrn, byte[] root) {
    byte[] changed = BranchFilter.replace(block.filtered(), at, root);
    byte[] wanted = block.plain();
    System.arraycopy(root, 0, wanted, at, root.length);
    if (!Arrays.equals(BranchFilter.decode(changed), wanted)) {
      throw LkrnFile.refused(origin, "reads otherwise when it is filtered again");
    }
    return LkrnFile.with(lkrn, block.offset(), block.repacked(origin, changed, before));
  }

  /** All but the file itself: the unpacked block, the encoder, numbers of 32 bits. */
  byte[] save() {
    byte[] encoder = before.save();
    byte[] filtered = block.filtered();
    return ByteBuffer.allocate(filtered.length + encoder.length + FACTS * Integer.BYTES)
        .put(filtered)
        .put(encoder)
        .putInt(filtered.length)
        .putInt(block.offset())
        .putInt(at)
        .array();
  }

  /** What {@link #save} saved of this file; nothing is looked at again. */
  static RootBlock load(byte[] lkrn, byte[] saved) {
    int end = saved.length - FACTS * Integer.BYTES;
    ByteBuffer facts = ByteBuffer.wrap(saved, end, FACTS * Integer.BYTES);
    int filtered = facts.getInt();
    int offset = facts.getInt();
    byte[] stream = LkrnFile.stream(lkrn, offset);
    return new RootBlock(
        new LkrnFile.Block(offset, stream, Arrays.copyOf(saved, filtered)),
        facts.getInt(),
        LzmaEncoder.load(stream, Arrays.copyOfRange(saved, filtered, end)));
  }
}
