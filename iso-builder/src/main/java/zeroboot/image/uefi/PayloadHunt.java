package zeroboot.image.uefi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;
import zeroboot.lzma.DamagedLzmaException;
import zeroboot.lzma.LzmaDecoder;

/**
 * Finds scripts in payloads that are damaged. What lies before the script in the stream is the same
 * for all scripts of a core, so it is put in anew; then one wrong byte is found by the checksum.
 */
public final class PayloadHunt {
  /** So many of the mark's characters may be wrong. */
  private static final int WRONG = 2;

  /** No packed script is longer, and none unpacked. */
  private static final int LONGEST = 1 << 18;

  private final byte[] bytes;
  private final int start;
  private final PackedCore core;
  private final int from;
  private final byte[] stream;

  /** The payload at {@code start}, whose core is supposed to be {@code core}. */
  private PayloadHunt(byte[] bytes, int start, PackedCore core) {
    this.bytes = bytes;
    this.start = start;
    this.core = core;
    byte[] known = core.encoder().written();
    from = known.length;
    int begin = start + SealedPayload.STREAM;
    int size = Math.min(from + LONGEST, bytes.length - begin);
    stream = Arrays.copyOfRange(bytes, begin, begin + Math.max(size, from));
    System.arraycopy(known, 0, stream, 0, from);
  }

  /**
   * The scripts of all sealed files with this core that may be in {@code bytes}. Those may be
   * damaged anywhere: in what lies before a script altogether, in a script itself in one byte.
   *
   * @param core asked for only if something may be a payload: packing one can take seconds
   */
  public static Set<String> in(byte[] bytes, Supplier<PackedCore> core) {
    int[] marked =
        IntStream.iterate(
                0, at -> at + SealedPayload.STREAM < bytes.length, at -> at + Units.SECTOR)
            .filter(at -> isMarked(bytes, at))
            .toArray();
    Set<String> texts = new LinkedHashSet<>();
    for (int at : marked) {
      if (at + SealedPayload.STREAM + core.get().packedSize() < bytes.length) {
        texts.addAll(new PayloadHunt(bytes, at, core.get()).texts());
      }
    }
    return texts;
  }

  private static boolean isMarked(byte[] bytes, int at) {
    int wrong = 0;
    for (int i = 0; i < SealedPayload.MAGIC.length(); i++) {
      wrong += bytes[at + SealedPayload.MAGIC_AT + i] == SealedPayload.MAGIC.charAt(i) ? 0 : 1;
    }
    return wrong <= WRONG && !isEarlier(bytes, at);
  }

  /** What lies before the script in those is not known here. */
  private static boolean isEarlier(byte[] bytes, int at) {
    byte[] mark = SealedPayload.MAGIC_WITHOUT_ROOT.getBytes(StandardCharsets.US_ASCII);
    int from = at + SealedPayload.MAGIC_AT;
    return Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length);
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    text().ifPresent(texts::add);
    SpecReader r = SpecReader.of("payload", bytes).part("payload", start, SealedPayload.STREAM);
    long packed = r.le32(SealedPayload.PACKED_SIZE);
    if (packed >= from && packed <= stream.length) {
      int syndrome = (int) r.le32(0) ^ checksum((int) packed);
      int value = syndrome;
      for (int at = (int) packed - 1; at >= from && syndrome != 0; at--) {
        int wrong = Crc.byteOf(value);
        if (wrong >= 0) {
          stream[at] ^= (byte) wrong;
          text().ifPresent(texts::add);
          stream[at] ^= (byte) wrong;
        }
        value = Crc.before(value);
      }
    }
    return texts;
  }

  private int checksum(int packed) {
    CRC32 crc = new CRC32();
    crc.update(
        bytes, start + SealedPayload.MAGIC_AT, SealedPayload.STREAM - SealedPayload.MAGIC_AT);
    crc.update(stream, 0, packed);
    return (int) crc.getValue();
  }

  private Optional<String> text() {
    int begin = core.unpackedSize(0);
    byte[] known = new byte[begin + LONGEST];
    System.arraycopy(core.example(), 0, known, core.size(), core.example().length);
    try {
      byte[] all = LzmaDecoder.at(core.encoder(), stream, known).readAvailable();
      return LoadOptions.beginningOfScript(all, begin);
    } catch (DamagedLzmaException e) {
      return Optional.empty();
    }
  }

  /** What one wrong byte does to a CRC-32, and how to undo it. */
  private static final class Crc {
    private static final int POLYNOMIAL = 0xEDB8_8320;
    private static final int[] OF_BYTE = new int[256];
    private static final int[] BYTE_OF_TOP = new int[256];

    static {
      for (int value = 0; value < OF_BYTE.length; value++) {
        int crc = value;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          crc = (crc >>> 1) ^ (POLYNOMIAL & -(crc & 1));
        }
        OF_BYTE[value] = crc;
        BYTE_OF_TOP[crc >>> 24] = value;
      }
    }

    private Crc() {}

    /** What was changed in the last byte, if that alone gives this difference; else -1. */
    static int byteOf(int difference) {
      int value = BYTE_OF_TOP[difference >>> 24];
      return OF_BYTE[value] == difference ? value : -1;
    }

    /** The difference before the last byte went in. */
    static int before(int difference) {
      int value = BYTE_OF_TOP[difference >>> 24];
      return ((difference ^ OF_BYTE[value]) << 8) | value;
    }
  }
}
