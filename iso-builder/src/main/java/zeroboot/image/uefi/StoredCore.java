package zeroboot.image.uefi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Resources;
import zeroboot.image.compress.BlockIndex;
import zeroboot.image.compress.Compressed;
import zeroboot.image.compress.UefiCompressor;
import zeroboot.image.compress.UefiDecompressor;

/**
 * A core that the build has packed, with the index that lets its variants be packed quickly.
 *
 * @param efi its UEFI file
 * @param compressed the file with its operands coded, compressed
 * @param index where the blocks lie in it
 */
record StoredCore(byte[] efi, byte[] compressed, BlockIndex index) {
  /** So many may differ for one core to pass as a change of the other: two fingerprints. */
  private static final int FEW_BYTES = 64;

  private static final String PACKED = ".bin";
  private static final String INDEX = ".index";

  /** The stored core that {@code core} is, or is with a few bytes changed (its trust root, say). */
  static Optional<StoredCore> like(IpxeCore core) {
    return stored(core).or(() -> alike(core.efi()));
  }

  private static Optional<StoredCore> alike(byte[] efi) {
    IpxeCore bundled = BundledCore.load();
    if (efi.length != bundled.efi().length) {
      return Optional.empty();
    }
    int different = 0;
    for (int i = 0; i < efi.length && different <= FEW_BYTES; i++) {
      different += efi[i] == bundled.efi()[i] ? 0 : 1;
    }
    return different > FEW_BYTES ? Optional.empty() : stored(bundled);
  }

  private static Optional<StoredCore> stored(IpxeCore core) {
    return resource(core.efiSha256() + PACKED)
        .map(
            compressed ->
                new StoredCore(
                    core.efi(),
                    compressed,
                    BlockIndex.of(resource(core.efiSha256() + INDEX).orElseThrow())));
  }

  private static Optional<byte[]> resource(String name) {
    return Resources.find(StoredCore.class.getResourceAsStream("core-" + name));
  }

  /** The build's part: packs {@code core} into a folder of resources. */
  static void store(IpxeCore core, Path folder) throws IOException {
    byte[] compressed = PackedCore.compress(core.efi());
    String name = "core-" + core.efiSha256();
    Files.write(folder.resolve(name + PACKED), compressed);
    Files.write(folder.resolve(name + INDEX), UefiDecompressor.index(compressed).toBytes());
  }

  /** This core, or a change of it, packed. */
  PackedCore packed(byte[] changed) {
    PackedCore.CodeRange code = PackedCore.CodeRange.of(efi);
    if (Arrays.equals(efi, changed)) {
      return PackedCore.of(compressed, code, efi);
    }
    Compressed like = new Compressed(compressed, code.encode(efi), index);
    return PackedCore.of(UefiCompressor.compressLike(code.encode(changed), like), code, changed);
  }
}
