package zeroboot.image.uefi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.SectionHeader;

/**
 * An iPXE core as it lies in a sealed UEFI file. Compressing takes seconds, so the build does it
 * for the core that zboot carries; whoever makes many images should keep this value.
 *
 * @param compressed for {@code EFI_DECOMPRESS_PROTOCOL}; not to be changed
 * @param code the part of the unpacked core whose relative operands are coded
 */
public record PackedCore(byte[] compressed, CodeRange code) {
  /** So many may differ for one core to pass as a change of the other: two fingerprints. */
  private static final int FEW_BYTES = 64;

  /**
   * Where the code of a core lies.
   *
   * @param start offset of its first byte in the file
   * @param end offset after its last byte
   */
  record CodeRange(int start, int end) {
    /** The first section with code; empty if there is none. */
    static CodeRange of(byte[] efi) {
      return PeImage.read("iPXE core", efi).sections().stream()
          .filter(section -> (section.characteristics() & SectionHeader.CODE) != 0)
          .findFirst()
          .map(text -> new CodeRange(text.pointerToRawData(), text.endOfRawData()))
          .orElse(new CodeRange(0, 0));
    }
  }

  /** The packed UEFI file of {@code core}: the build's, if it is the bundled core. */
  public static PackedCore of(IpxeCore core) {
    return of(core, core.efi());
  }

  /**
   * The packed UEFI file of {@code core} after a signer had it.
   *
   * @param signed the file of {@code core}, with or without a signature
   */
  public static PackedCore of(IpxeCore core, byte[] signed) {
    CodeRange code = CodeRange.of(core.efi());
    Optional<PackedCore> same =
        stored(core.efiSha256()).map(compressed -> new PackedCore(compressed, code));
    if (same.isPresent() && Arrays.equals(core.efi(), signed)) {
      return same.get();
    }
    return same.or(() -> alike(core.efi()))
        .map(packed -> packed.withChanges(signed))
        .orElseGet(() -> new PackedCore(compress(signed, code), code));
  }

  /** The bundled core, if {@code efi} is that with a few bytes changed (its trust root, say). */
  private static Optional<PackedCore> alike(byte[] efi) {
    IpxeCore bundled = BundledCore.load();
    if (efi.length != bundled.efi().length) {
      return Optional.empty();
    }
    int different = 0;
    for (int i = 0; i < efi.length && different <= FEW_BYTES; i++) {
      different += efi[i] == bundled.efi()[i] ? 0 : 1;
    }
    return different > FEW_BYTES
        ? Optional.empty()
        : stored(bundled.efiSha256())
            .map(compressed -> new PackedCore(compressed, CodeRange.of(bundled.efi())));
  }

  /** What the build has compressed. */
  private static Optional<byte[]> stored(String efiSha256) {
    try (InputStream in = PackedCore.class.getResourceAsStream(resource(efiSha256))) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * This core with small changes, such as a Secure Boot signature. Fast, since nearly all of the
   * compression stays as it is.
   *
   * @param changed the whole UEFI file, changed
   */
  public PackedCore withChanges(byte[] changed) {
    byte[] coded = RelativeOperands.encode(changed, code.start(), code.end());
    return new PackedCore(UefiCompressor.compressLike(coded, compressed), code);
  }

  /** The UEFI file again. */
  byte[] unpack() {
    return RelativeOperands.decode(
        UefiDecompressor.decompress(compressed), code.start(), code.end());
  }

  static byte[] compress(byte[] efi) {
    return compress(efi, CodeRange.of(efi));
  }

  private static byte[] compress(byte[] efi, CodeRange code) {
    return UefiCompressor.compress(RelativeOperands.encode(efi, code.start(), code.end()));
  }

  /** Name of the resource with the packed form of the file that has this SHA-256. */
  static String resource(String efiSha256) {
    return "core-" + efiSha256 + ".bin";
  }
}
