package zeroboot.image.uefi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.Resources;
import zeroboot.lzma.DamagedLzmaException;
import zeroboot.lzma.LzmaDecoder;
import zeroboot.lzma.LzmaEncoder;
import zeroboot.lzma.LzmaReuse;
import zeroboot.spec.BootPath;

/**
 * A core that the build has packed, with what lets its variants be packed quickly.
 *
 * @param core the core itself
 * @param packed it, with an example behind it
 */
record StoredCore(IpxeCore core, PackedCore packed) {
  /** So many may differ for one core to pass as a change of the other: two fingerprints. */
  private static final int FEW_BYTES = 64;

  /**
   * What the encoder had written; all else of it at its end; the example; {@link #FACTS} numbers of
   * 32 bits: lengths of these two, sizes of the core, start and end of the code, CRC-32. One file,
   * since each that is looked for costs a start half a millisecond.
   */
  private static final String PACKED = ".bin";

  private static final int FACTS = 7;

  /** All of an encoder but what it had written, somewhere before the trust root. */
  private static final String BEFORE_ROOT = ".before-root";

  /** The stored core that {@code core} is, or is with a few bytes changed (its trust root, say). */
  static Optional<StoredCore> like(IpxeCore core) {
    IpxeCore bundled = BundledCore.load();
    return stored(core)
        .or(
            () ->
                core.isChained()
                    ? bundled.chained().flatMap(chained -> alike(chained, core.efi()))
                    : alike(bundled, core.efi()));
  }

  private static Optional<StoredCore> alike(IpxeCore bundled, byte[] efi) {
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
    String name = core.sha256(BootPath.UEFI_X64);
    return resource(name + PACKED).map(file -> new StoredCore(core, packed(file)));
  }

  private static PackedCore packed(byte[] file) {
    int end = file.length - FACTS * Integer.BYTES;
    ByteBuffer facts = ByteBuffer.wrap(file, end, FACTS * Integer.BYTES);
    int encoder = facts.getInt();
    int example = end - facts.getInt();
    return new PackedCore(
        LzmaEncoder.load(file, Arrays.copyOfRange(file, example - encoder, example)),
        Arrays.copyOfRange(file, example, end),
        facts.getInt(),
        facts.getInt(),
        new PackedCore.CodeRange(facts.getInt(), facts.getInt()),
        facts.getInt());
  }

  private static Optional<byte[]> resource(String name) {
    return Resources.find(StoredCore.class.getResourceAsStream("core-" + name));
  }

  /** The build's part: packs {@code core} into a folder of resources. */
  static void store(IpxeCore core, byte[] example, Path folder) throws IOException {
    PackedCore packed = CorePacker.pack(core.efi(), example);
    String name = "core-" + core.sha256(BootPath.UEFI_X64);
    PackedCore.CodeRange code = packed.code();
    byte[] written = packed.encoder().written();
    byte[] end = packed.encoder().save();
    ByteBuffer file =
        ByteBuffer.allocate(written.length + end.length + example.length + FACTS * Integer.BYTES);
    file.put(written).put(end).put(example);
    file.putInt(end.length).putInt(example.length);
    file.putInt(packed.size()).putInt(packed.packedSize());
    file.putInt(code.start()).putInt(code.end()).putInt(packed.crc32());
    Files.write(folder.resolve(name + PACKED), file.array());
    Files.write(folder.resolve(name + BEFORE_ROOT), beforeRoot(core, packed).save());
  }

  /** The encoder as it was when the next string would have gone beyond the trust root's start. */
  private static LzmaEncoder beforeRoot(IpxeCore core, PackedCore packed) {
    int before = Math.max(0, TrustRoot.at(core.efi()).orElse(0) - LzmaEncoder.MAX_LENGTH);
    LzmaEncoder encoder = LzmaEncoder.of(CorePacker.LITERAL_CONTEXT_BITS);
    try {
      byte[] data = CorePacker.join(packed.code().encode(core.efi()), packed.example());
      LzmaReuse.copy(decoder(packed.encoder(), data.length), encoder, data, before);
      return encoder;
    } catch (DamagedLzmaException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LzmaDecoder decoder(LzmaEncoder end, int size) throws DamagedLzmaException {
    byte[] stream = end.copy().finish();
    return LzmaDecoder.of(CorePacker.LITERAL_CONTEXT_BITS, stream, 0, stream.length, size);
  }

  /** This core, or a change of it, packed. */
  PackedCore packed(IpxeCore changed) {
    return changed.sha256(BootPath.UEFI_X64).equals(core.sha256(BootPath.UEFI_X64))
        ? packed
        : repacked(changed.efi());
  }

  /** What lies before the trust root is copied, if nothing else has changed. */
  private PackedCore repacked(byte[] efi) {
    byte[] before = all(core.efi());
    byte[] now = all(efi);
    LzmaEncoder start =
        LzmaEncoder.load(
            packed.encoder().written(),
            resource(core.sha256(BootPath.UEFI_X64) + BEFORE_ROOT).orElseThrow());
    try {
      boolean isLater = Arrays.mismatch(before, now) >= start.at();
      LzmaEncoder encoder = isLater ? start : LzmaEncoder.of(CorePacker.LITERAL_CONTEXT_BITS);
      LzmaDecoder decoder =
          isLater
              ? LzmaDecoder.at(start, packed.encoder().copy().finish(), before)
              : decoder(packed.encoder(), before.length);
      return CorePacker.rewrite(decoder, encoder, now, efi, packed.example(), packed.code());
    } catch (DamagedLzmaException e) {
      throw new IllegalStateException(e); // the build's own
    }
  }

  private byte[] all(byte[] efi) {
    return CorePacker.join(packed.code().encode(efi), packed.example());
  }
}
