package zeroboot.image.uefi;

import java.util.zip.CRC32;
import zeroboot.core.IpxeCore;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.compress.UefiCompressor;
import zeroboot.image.compress.UefiDecompressor;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.SectionHeader;

/**
 * An iPXE core as it lies in a sealed UEFI file. Compressing takes seconds, so the build does it
 * for the core that zboot carries; whoever makes many images should keep this value.
 *
 * @param compressed for {@code EFI_DECOMPRESS_PROTOCOL}; not to be changed
 * @param code the part of the unpacked core whose relative operands are coded
 * @param crc32 of the unpacked core; zero in files made before the loader vouched for it
 */
public record PackedCore(byte[] compressed, CodeRange code, int crc32) {
  /** Refuses code beyond the unpacked core: there the loader would write over others' memory. */
  public PackedCore {
    if (!code.isWithin(UefiDecompressor.declaredSize(compressed))) {
      throw new IllegalArgumentException(code + " of " + UefiDecompressor.declaredSize(compressed));
    }
  }

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

    /** Whether all of it lies in the first so many bytes. */
    boolean isWithin(int size) {
      return 0 <= start && start <= end && end <= size;
    }

    /** The file with the operands of its code made easy to compress. */
    byte[] encode(byte[] efi) {
      return RelativeOperands.encode(efi, start, end);
    }
  }

  /**
   * The packed UEFI file of {@code core}. Fast for the core that the build has packed, and for one
   * with another trust root in it, since then nearly all of the compression stays as it is.
   */
  public static PackedCore of(IpxeCore core) {
    return StoredCore.like(core)
        .map(stored -> stored.packed(core))
        .orElseGet(() -> of(compress(core.efi()), CodeRange.of(core.efi()), core.efi()));
  }

  static PackedCore of(byte[] compressed, CodeRange code, byte[] efi) {
    return new PackedCore(compressed, code, crc32(efi));
  }

  /** The UEFI file again. */
  byte[] unpack() {
    byte[] coded = UefiDecompressor.decompress(compressed);
    byte[] efi = RelativeOperands.decode(coded, code.start(), code.end());
    SpecReader.of("compressed iPXE core", coded)
        .require(crc32 == 0 || crc32 == crc32(efi), "is not the core that went in");
    return efi;
  }

  static int crc32(byte[] efi) {
    CRC32 crc = new CRC32();
    crc.update(efi);
    return (int) crc.getValue();
  }

  static byte[] compress(byte[] efi) {
    return UefiCompressor.compress(CodeRange.of(efi).encode(efi));
  }
}
