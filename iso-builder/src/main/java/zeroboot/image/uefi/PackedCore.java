package zeroboot.image.uefi;

import zeroboot.core.IpxeCore;
import zeroboot.image.bytes.SpecReader;
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

    /** The file with the operands of its code made easy to compress. */
    byte[] encode(byte[] efi) {
      return RelativeOperands.encode(efi, start, end);
    }
  }

  /** The packed UEFI file of {@code core}: the build's, if it is the bundled core. */
  public static PackedCore of(IpxeCore core) {
    return of(core, core.efi());
  }

  /**
   * The packed UEFI file of {@code core} after a signer had it. Fast if the build has packed the
   * core, since nearly all of the compression stays as it is.
   *
   * @param signed the file of {@code core}, with or without a signature
   */
  public static PackedCore of(IpxeCore core, byte[] signed) {
    return StoredCore.like(core)
        .map(stored -> stored.packed(signed))
        .orElseGet(
            () -> {
              CodeRange code = CodeRange.of(core.efi());
              return new PackedCore(compress(signed, code), code);
            });
  }

  /** The UEFI file again. */
  byte[] unpack() {
    byte[] coded = UefiDecompressor.decompress(compressed);
    SpecReader.of("compressed iPXE core", coded)
        .require(code.end() <= coded.length, "its code ends beyond its end");
    return RelativeOperands.decode(coded, code.start(), code.end());
  }

  static byte[] compress(byte[] efi) {
    return compress(efi, CodeRange.of(efi));
  }

  private static byte[] compress(byte[] efi, CodeRange code) {
    int headers = PeImage.read("iPXE core", efi).sizeOfHeaders();
    return UefiCompressor.compress(code.encode(efi), headers);
  }
}
