package zeroboot.lzma;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.LZMAOutputStream;

/** Data of many kinds, streams of them, damaged ones, and what XZ for Java says of those. */
public final class Samples {
  /**
   * A stream.
   *
   * @param bytes of it
   * @param size bytes that it is said to stand for
   */
  public record Case(byte[] bytes, int size) {}

  private static final int WINDOW = 1 << 17;

  private Samples() {}

  static List<byte[]> data(Random random) {
    List<byte[]> all = new ArrayList<>();
    for (int size : new int[] {0, 1, 2, 3, 5, 17, 300, 5000, 70_000}) {
      for (int values : new int[] {1, 2, 7, 256}) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
          bytes[i] = (byte) random.nextInt(values);
        }
        all.add(bytes);
      }
      all.add(structured(random, size));
    }
    all.add("#!ipxe\nset farm 4242\n".repeat(40).getBytes(StandardCharsets.US_ASCII));
    return all;
  }

  /** Strings from near and far, changed here and there: every kind of decision. */
  private static byte[] structured(Random random, int size) {
    byte[] bytes = new byte[size];
    int at = 0;
    while (at < size) {
      int length = Math.min(size - at, 1 + random.nextInt(random.nextInt(400) + 1));
      int from = at == 0 ? 0 : random.nextInt(random.nextBoolean() ? at : Math.min(at, 20));
      for (int i = 0; i < length; i++) {
        bytes[at + i] =
            at == 0 || random.nextInt(40) == 0 ? (byte) random.nextInt() : bytes[from + i];
      }
      at += length;
    }
    return bytes;
  }

  static byte[] pack(byte[] data, int literalContextBits, int preset, boolean marker)
      throws IOException {
    LZMA2Options options = new LZMA2Options(preset);
    options.setDictSize(WINDOW);
    options.setLcLp(literalContextBits, 0);
    options.setPb(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LZMAOutputStream packer = new LZMAOutputStream(out, options, marker)) {
      packer.write(data);
    }
    return out.toByteArray();
  }

  /** What XZ for Java takes the whole of a stream for; empty if it refuses. */
  public static Optional<byte[]> judge(Case stream, int literalContextBits) {
    ByteArrayInputStream in = new ByteArrayInputStream(stream.bytes());
    try (LZMAInputStream unpacker =
        new LZMAInputStream(in, stream.size(), (byte) literalContextBits, WINDOW)) {
      byte[] data = unpacker.readAllBytes();
      return data.length == stream.size() && in.available() == 0
          ? Optional.of(data)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Good streams without end marker, and damaged ones. */
  public static List<Case> streams(Random random, int literalContextBits) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (byte[] data : data(random)) {
      List<byte[]> streams =
          List.of(
              pack(data, literalContextBits, 1, false),
              pack(data, literalContextBits, 9, false),
              pack(data, literalContextBits, 6, true),
              parsed(data, literalContextBits));
      for (byte[] stream : streams) {
        cases.add(new Case(stream, data.length));
        for (int i = 0; i < 12; i++) {
          cases.add(damaged(random, stream, data.length));
        }
      }
    }
    for (int i = 0; i < 400; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      if (noise.length > 0 && i % 4 > 0) {
        noise[0] = 0;
      }
      cases.add(new Case(noise, random.nextInt(200)));
    }
    return cases;
  }

  static byte[] parsed(byte[] data, int literalContextBits) {
    LzmaEncoder encoder = LzmaEncoder.of(literalContextBits);
    LzmaParser.parse(encoder, data, 0);
    return encoder.finish();
  }

  private static Case damaged(Random random, byte[] stream, int size) {
    byte[] changed = stream.clone();
    int kind = random.nextInt(6);
    if (kind == 0) {
      return new Case(Arrays.copyOf(stream, random.nextInt(stream.length)), size);
    }
    if (kind == 1) {
      return new Case(Arrays.copyOf(stream, stream.length + 1 + random.nextInt(9)), size);
    }
    if (kind == 2) {
      return new Case(stream, Math.max(0, size + random.nextInt(600) - 300));
    }
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(random.nextBoolean() ? stream.length : Math.min(30, stream.length));
      changed[at] ^= (byte) (1 << random.nextInt(8));
    }
    return new Case(changed, size);
  }
}
