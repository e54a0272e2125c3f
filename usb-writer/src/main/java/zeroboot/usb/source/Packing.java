package zeroboot.usb.source;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.tukaani.xz.SeekableFileInputStream;
import org.tukaani.xz.SeekableXZInputStream;

/** How an image is packed, told by its first bytes and not by its name. */
enum Packing {
  NONE(""),
  /** RFC 1952; several members in a row are one image. */
  GZIP("1f8b08"),
  XZ("fd377a585a00");

  /** As many bytes as the longest magic number has. */
  static final int LONGEST = 6;

  /** An xz stream may ask for this much memory, in KiB: what {@code xz -9} needs, four times. */
  private static final int XZ_MEMORY_LIMIT_KIB = 256 << 10;

  private final String magic;

  /** {@code magic} in hexadecimal digits. */
  Packing(String magic) {
    this.magic = magic;
  }

  static Packing of(byte[] start) {
    String digits = HexFormat.of().formatHex(start);
    if (digits.startsWith(GZIP.magic)) {
      return GZIP;
    }
    return digits.startsWith(XZ.magic) ? XZ : NONE;
  }

  InputStream unpack(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(packed)
              .setDecompressConcatenated(true)
              .get();
      case XZ ->
          XZCompressorInputStream.builder()
              .setInputStream(packed)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(XZ_MEMORY_LIMIT_KIB)
              .get();
    };
  }

  /** xz keeps an index of sizes; gzip keeps the size modulo 4 GiB, which is no use here. */
  OptionalLong unpackedSize(Path path, long packedSize) throws IOException {
    return switch (this) {
      case NONE -> OptionalLong.of(packedSize);
      case GZIP -> OptionalLong.empty();
      case XZ -> {
        try (SeekableXZInputStream index =
            new SeekableXZInputStream(
                new SeekableFileInputStream(new File(path.toString())), XZ_MEMORY_LIMIT_KIB)) {
          yield OptionalLong.of(index.length());
        }
      }
    };
  }
}
