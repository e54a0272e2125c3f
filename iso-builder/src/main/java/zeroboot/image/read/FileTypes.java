package zeroboot.image.read;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Recognises files that are not looked into by the bytes they have at a fixed place. */
final class FileTypes {
  private static final List<Type> TYPES =
      List.of(
          new Type("iPXE script, too long for an image", 0, "232169707865"),
          new Type("gzip-compressed data", 0, "1f8b08"),
          new Type("xz-compressed data", 0, "fd377a585a00"),
          new Type("zstd-compressed data", 0, "28b52ffd"),
          new Type("bzip2-compressed data", 0, "425a68"),
          new Type("LZ4-compressed data", 0, "04224d18"),
          new Type("ZIP archive", 0, "504b0304"),
          new Type("7z archive", 0, "377abcaf271c"),
          new Type("ELF file", 0, "7f454c46"),
          new Type("Debian package", 0, "213c617263683e0a64656269616e"),
          new Type("tar archive", 257, "7573746172"),
          new Type("QEMU disk image (qcow2)", 0, "514649fb"),
          new Type("SquashFS file system", 0, "68737173"),
          new Type("ext2, ext3 or ext4 file system", 0x438, "53ef"));

  private record Type(String name, int offset, String magic) {}

  private FileTypes() {}

  /** What the file begins like. */
  static Optional<String> of(byte[] head) {
    return TYPES.stream().filter(type -> matches(head, type)).map(Type::name).findFirst();
  }

  private static boolean matches(byte[] head, Type type) {
    byte[] magic = HexFormat.of().parseHex(type.magic());
    int end = type.offset() + magic.length;
    return head.length >= end && Arrays.equals(head, type.offset(), end, magic, 0, magic.length);
  }
}
