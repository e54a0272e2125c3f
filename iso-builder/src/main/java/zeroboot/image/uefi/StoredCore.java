package zeroboot.image.uefi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Resources;
import zeroboot.image.compress.BlockIndex;
import zeroboot.image.compress.Compressed;
import zeroboot.image.compress.UefiCompressor;
import zeroboot.image.compress.UefiDecompressor;
import zeroboot.spec.BootPath;

/**
 * A core that the build has packed, with the index that lets its variants be packed quickly.
 *
 * @param core the core itself
 * @param compressed its UEFI file with its operands coded, compressed
 * @param code where the code lies in that file
 * @param crc32 of that file
 */
record StoredCore(IpxeCore core, byte[] compressed, PackedCore.CodeRange code, int crc32) {
  /** So many may differ for one core to pass as a change of the other: two fingerprints. */
  private static final int FEW_BYTES = 64;

  private static final String PACKED = ".bin";
  private static final String INDEX = ".index";

  /** Three numbers of 32 bits: start and end of the code, and the CRC-32. */
  private static final String FACTS = ".facts";

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
    return resource(core.sha256(BootPath.UEFI_X64) + PACKED)
        .map(
            compressed -> {
              ByteBuffer facts = ByteBuffer.wrap(required(core.sha256(BootPath.UEFI_X64) + FACTS));
              return new StoredCore(
                  core,
                  compressed,
                  new PackedCore.CodeRange(facts.getInt(), facts.getInt()),
                  facts.getInt());
            });
  }

  private static byte[] required(String name) {
    return resource(name).orElseThrow();
  }

  private static Optional<byte[]> resource(String name) {
    return Resources.find(StoredCore.class.getResourceAsStream("core-" + name));
  }

  /** The build's part: packs {@code core} into a folder of resources. */
  static void store(IpxeCore core, Path folder) throws IOException {
    byte[] compressed = PackedCore.compress(core.efi());
    String name = "core-" + core.sha256(BootPath.UEFI_X64);
    PackedCore.CodeRange code = PackedCore.CodeRange.of(core.efi());
    ByteBuffer facts = ByteBuffer.allocate(3 * Integer.BYTES);
    facts.putInt(code.start()).putInt(code.end()).putInt(PackedCore.crc32(core.efi()));
    Files.write(folder.resolve(name + PACKED), compressed);
    Files.write(folder.resolve(name + FACTS), facts.array());
    Files.write(folder.resolve(name + INDEX), UefiDecompressor.index(compressed).toBytes());
  }

  /** This core, or a change of it, packed. */
  PackedCore packed(IpxeCore changed) {
    if (changed.sha256(BootPath.UEFI_X64).equals(core.sha256(BootPath.UEFI_X64))) {
      return new PackedCore(compressed, code, crc32);
    }
    BlockIndex index = BlockIndex.of(required(core.sha256(BootPath.UEFI_X64) + INDEX));
    Compressed like = new Compressed(compressed, code.encode(core.efi()), index);
    byte[] efi = changed.efi();
    return PackedCore.of(UefiCompressor.compressLike(code.encode(efi), like), code, efi);
  }
}
