package zeroboot.image.uefi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Resources;
import zeroboot.lzma.LzmaEncoder;
import zeroboot.spec.BootPath;

/** The cores that the build has packed, as resources. */
final class StoredCore {
  /**
   * Ends the name of a file with what the encoder had written; all else of it at its end; the
   * example; the root; {@link #FACTS} numbers of 32 bits: lengths of these two, sizes of the core,
   * start and end of the code, the root's place, CRC-32. One file, since each that is looked for
   * costs a start half a millisecond.
   */
  private static final String EXTENSION = ".bin";

  private static final int FACTS = 8;

  private StoredCore() {}

  /** The core that zboot carries, read once. */
  private static final class Bundled {
    private static final Optional<PackedCore> PACKED = read(BundledCore.load());
  }

  /** Reads what {@link #packed} will be asked for. */
  static void prepare() {
    if (Bundled.PACKED.isEmpty()) {
      throw new IllegalStateException("this build carries no packed core");
    }
  }

  /** The core, if the build has packed it, or one that differs from it in its root alone. */
  static Optional<PackedCore> packed(IpxeCore core) {
    Optional<PackedCore> same = resource(core);
    return same.isPresent()
        ? same
        : likeness(core)
            .flatMap(
                stored ->
                    resource(stored)
                        .filter(packed -> packed.root().isAllThatDiffers(stored.efi(), core.efi()))
                        .map(packed -> packed.withRootOf(core.efi())));
  }

  /** The one that {@code core} may have been made from. */
  private static Optional<IpxeCore> likeness(IpxeCore core) {
    IpxeCore bundled = BundledCore.load();
    return core.isChained() ? bundled.chained() : Optional.of(bundled);
  }

  private static Optional<PackedCore> resource(IpxeCore core) {
    boolean isBundled =
        core.sha256(BootPath.UEFI_X64).equals(BundledCore.load().sha256(BootPath.UEFI_X64));
    return isBundled ? Bundled.PACKED : read(core);
  }

  private static Optional<PackedCore> read(IpxeCore core) {
    String name = name(core);
    return Resources.find(StoredCore.class.getResourceAsStream(name)).map(StoredCore::read);
  }

  private static PackedCore read(byte[] file) {
    int end = file.length - FACTS * Integer.BYTES;
    ByteBuffer facts = ByteBuffer.wrap(file, end, FACTS * Integer.BYTES);
    int root = end - RootField.SIZE;
    int encoder = facts.getInt();
    int example = root - facts.getInt();
    return new PackedCore(
        LzmaEncoder.load(file, Arrays.copyOfRange(file, example - encoder, example)),
        Arrays.copyOfRange(file, example, root),
        facts.getInt(),
        facts.getInt(),
        new PackedCore.CodeRange(facts.getInt(), facts.getInt()),
        new RootField(facts.getInt(), Arrays.copyOfRange(file, root, end)),
        facts.getInt());
  }

  private static String name(IpxeCore core) {
    return "core-" + core.sha256(BootPath.UEFI_X64) + EXTENSION;
  }

  /** The build's part: packs {@code core} into a folder of resources. */
  static void store(IpxeCore core, byte[] example, Path folder) throws IOException {
    PackedCore packed = CorePacker.pack(core.efi(), example);
    PackedCore.CodeRange code = packed.code();
    RootField root = packed.root();
    byte[] written = packed.encoder().written();
    byte[] end = packed.encoder().save();
    ByteBuffer file =
        ByteBuffer.allocate(
            written.length + end.length + example.length + RootField.SIZE + FACTS * Integer.BYTES);
    file.put(written).put(end).put(example).put(root.bytes());
    file.putInt(end.length).putInt(example.length);
    file.putInt(packed.size()).putInt(packed.packedSize());
    file.putInt(code.start()).putInt(code.end()).putInt(root.at()).putInt(packed.crc32());
    Files.write(folder.resolve(name(core)), file.array());
  }
}
