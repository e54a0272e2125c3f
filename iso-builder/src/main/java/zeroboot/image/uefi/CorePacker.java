package zeroboot.image.uefi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import zeroboot.lzma.DamagedLzmaException;
import zeroboot.lzma.LzmaDecoder;
import zeroboot.lzma.LzmaEncoder;
import zeroboot.lzma.LzmaReuse;

/**
 * Packs a core from the beginning: XZ for Java searches, and its decisions are written anew, so
 * that more can be written behind them.
 */
final class CorePacker {
  /** Which LZMA the loader has built in: this lc; lp and pb are 0 ({@code lzma-layout.inc}). */
  static final int LITERAL_CONTEXT_BITS = 4;

  private static final int MIN_WINDOW = 1 << 12;
  private static final int MAX_WINDOW = 1 << 24;

  /** Strings so long are taken at once: with more, cores come out a hundred bytes longer. */
  private static final int NICE_LENGTH = 161;

  /** What is looked at for each byte; more takes longer and gains no hundred bytes. */
  private static final int DEPTH = 1000;

  private CorePacker() {}

  /** {@code efi} with {@code example} behind it. Takes two seconds or so. */
  static PackedCore pack(byte[] efi, byte[] example) {
    PackedCore.CodeRange code = PackedCore.CodeRange.of(efi);
    RootField root = RootField.of(efi);
    byte[] all = join(code.encode(root.clear(efi)), example);
    byte[] stream = search(all, all.length - 1);
    try {
      LzmaDecoder decoder =
          LzmaDecoder.of(LITERAL_CONTEXT_BITS, stream, 0, stream.length, all.length - 1);
      LzmaEncoder encoder = LzmaEncoder.of(LITERAL_CONTEXT_BITS);
      LzmaReuse.copy(decoder, encoder, all, efi.length);
      int packedSize = encoder.position();
      LzmaReuse.copy(decoder, encoder, all, all.length - 1);
      encoder.putLiteral(all);
      return new PackedCore(
          encoder, example, efi.length, packedSize, code, root, PackedCore.crc32(efi));
    } catch (DamagedLzmaException e) {
      throw new IllegalStateException(e); // written a moment ago
    }
  }

  private static byte[] join(byte[] coded, byte[] example) {
    byte[] all = Arrays.copyOf(coded, coded.length + example.length);
    System.arraycopy(example, 0, all, coded.length, example.length);
    return all;
  }

  private static byte[] search(byte[] data, int length) {
    int window = Math.max(MIN_WINDOW, Integer.highestOneBit(Math.max(1, length - 1)) * 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      LZMA2Options options =
          new LZMA2Options(
              Math.min(window, MAX_WINDOW),
              LITERAL_CONTEXT_BITS,
              0,
              0,
              LZMA2Options.MODE_NORMAL,
              NICE_LENGTH,
              LZMA2Options.MF_BT4,
              DEPTH);
      try (LZMAOutputStream packer = new LZMAOutputStream(out, options, false)) {
        packer.write(data, 0, length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a stream in memory
    }
    return out.toByteArray();
  }
}
