package zeroboot.image.uefi;

import java.nio.charset.StandardCharsets;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.compress.UefiDecompressor;

/**
 * The payload of images made before the loader unpacked by itself: the core compressed for {@code
 * EFI_DECOMPRESS_PROTOCOL}, the load options as they are. Only read: nothing is made so any more.
 */
final class EarlierPayload {
  static final String MAGIC = "ZBSEALED";

  private static final int CRC32 = 8;
  private static final int CORE_SIZE = 12;
  private static final int OPTIONS_SIZE = 16;
  private static final int CODE_START = 20;
  private static final int CODE_END = 24;
  private static final int CORE_CRC32 = 28;
  private static final int CORE = 32;

  private EarlierPayload() {}

  static boolean claims(SpecReader r) {
    return r.size() >= CORE && r.text(0, MAGIC.length()).equals(MAGIC);
  }

  /** What a payload holds; {@code r} may go on after its end. */
  static PayloadContent read(SpecReader r) {
    long coreSize = r.le32(CORE_SIZE);
    long optionsSize = r.le32(OPTIONS_SIZE);
    long start = r.le32(CODE_START);
    long end = r.le32(CODE_END);
    int crc32 =
        (int) r.le32(CORE_CRC32); // of the unpacked core; zero before the loader vouched for it
    r.require(
        coreSize <= r.size()
            && optionsSize <= r.size()
            && optionsOffset(coreSize) + optionsSize <= r.size()
            && start <= end
            && end <= UefiDecompressor.MAX_ORIGINAL_SIZE,
        "has damaged lengths in its payload");
    int options = (int) optionsOffset(coreSize);
    PayloadContent.requireChecksum(r, CRC32, CORE_SIZE, options + (int) optionsSize);
    byte[] coded = UefiDecompressor.decompress(r.bytes(CORE, (int) coreSize));
    r.require(end <= coded.length, "has code beyond the end of its iPXE");
    byte[] core = RelativeOperands.decode(coded, (int) start, (int) end);
    r.require(crc32 == 0 || crc32 == PackedCore.crc32(core), "has another core than went in");
    byte[] characters = r.bytes(options, (int) optionsSize);
    boolean isWide = characters.length > 1 && characters[1] == 0; // as they were at first
    String text =
        new String(characters, isWide ? StandardCharsets.UTF_16LE : StandardCharsets.US_ASCII);
    return new PayloadContent(
        core,
        LoadOptions.script(r, text),
        PayloadContent.extents(CORE, CORE + (int) coreSize, options, options + (int) optionsSize));
  }

  private static long optionsOffset(long coreSize) {
    return (CORE + coreSize + 7) & -8;
  }
}
