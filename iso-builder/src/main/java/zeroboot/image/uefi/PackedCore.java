package zeroboot.image.uefi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
    CodeRange code = CodeRange.of(core.efi());
    try (InputStream in = PackedCore.class.getResourceAsStream(resource(core.efiSha256()))) {
      return new PackedCore(in == null ? compress(core.efi(), code) : in.readAllBytes(), code);
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
