package zeroboot.image.uefi;

import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.SectionHeader;
import zeroboot.lzma.LzmaEncoder;
import zeroboot.lzma.LzmaParser;

/**
 * An iPXE core as it lies in a sealed UEFI file, ready for a script to be packed behind it. Packing
 * takes seconds, so the build does it for the core that zboot carries; whoever makes many images
 * should keep this value.
 *
 * @param encoder where the stream of core and example ends; not to be changed, only copied
 * @param example load options that the stream has behind the core, since all others are like them;
 *     its last byte is packed as it stands
 * @param size bytes of the core
 * @param packedSize bytes of the stream that stand for the core
 * @param code the part of the unpacked core whose relative operands are coded
 * @param root what the stream has zeros for
 * @param crc32 of the unpacked core
 */
public record PackedCore(
    LzmaEncoder encoder,
    byte[] example,
    int size,
    int packedSize,
    CodeRange code,
    RootField root,
    int crc32) {
  /** Refuses code or a root beyond the core: the loader would refuse it, too. */
  public PackedCore {
    if (!code.isWithin(size) || root.at() > size - RootField.SIZE) {
      throw new IllegalArgumentException(code + " and " + root + " of " + size);
    }
  }

  /** The same core with another root, which {@code efi} has. */
  PackedCore withRootOf(byte[] efi) {
    RootField other = RootField.at(root.at(), efi);
    return new PackedCore(encoder, example, size, packedSize, code, other, crc32(efi));
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

    /** The inverse of {@link #encode}. */
    byte[] decode(byte[] coded) {
      return RelativeOperands.decode(coded, start, end);
    }
  }

  /** The stream of core, example and {@code script}. */
  byte[] with(byte[] script) {
    return with(script, 0);
  }

  /** The same behind so many bytes of zero, which are for a header. */
  byte[] with(byte[] script, int room) {
    LzmaEncoder all = encoder.copy();
    LzmaParser.parse(all, unpacked(script), size);
    return all.finishBehind(room);
  }

  /** What a stream with this script stands for, but for the core, which no script refers to. */
  private byte[] unpacked(byte[] script) {
    byte[] data = new byte[unpackedSize(script.length)];
    System.arraycopy(example, 0, data, size, example.length);
    System.arraycopy(script, 0, data, size + example.length, script.length);
    return data;
  }

  int unpackedSize(int scriptSize) {
    return size + example.length + scriptSize;
  }

  static int crc32(byte[] efi) {
    return PayloadContent.crc32(efi, 0);
  }
}
