package zeroboot.image.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UefiDecompressorTest {
  /** Worked out by hand from the UEFI specification, section 19.2.3. */
  private static final byte[] ONE_A =
      HexFormat.of().parseHex("0800000001000000" + "00010000041000" + "00");

  /** "ABABABAB": A, B, and a pointer of length 6 to position 1 (two bytes back). */
  private static final byte[] ABABABAB =
      Bits.stream(
          8,
          "0000000000000011", // Block Size 3
          "00101 000 000 010 00 010 001", // Extra Set: five lengths 0 0 2 2 1; 00 = no zeros after
          // 3
          "100000100", // Char&Len: 260 lengths
          "10 000101101 0 0", // 65 zeros, 2, 2
          "10 010101100 11", // 192 zeros, 1
          "0000 0001", // Position Set: symbol 1 only, so it takes no bits
          "10 11 0"); // A, B, length 6

  @Test
  void writesWhatTheSpecificationSays() {
    assertArrayEquals(ONE_A, UefiCompressor.compress(ascii("A")));
    assertArrayEquals(ABABABAB, UefiCompressor.compress(ascii("ABABABAB")));
  }

  @Test
  void readsWhatTheSpecificationSays() {
    assertArrayEquals(ascii("A"), UefiDecompressor.decompress(ONE_A));
    assertArrayEquals(ascii("ABABABAB"), UefiDecompressor.decompress(ABABABAB));
  }

  @Test
  void readsTheLongestBlocksOfOneSymbol() {
    String block = "1111111111111111" + "00000 00000" + "000000000 001000001" + "0000 0000";
    byte[] expected = new byte[2 * 0xFFFF];
    Arrays.fill(expected, (byte) 'A');
    assertArrayEquals(
        expected, UefiDecompressor.decompress(Bits.stream(expected.length, block, block)));
  }

  @Test
  void emptySourceHasNoBlocks() {
    byte[] compressed = UefiCompressor.compress(new byte[0]);
    assertArrayEquals(HexFormat.of().parseHex("010000000000000000"), compressed);
    assertArrayEquals(new byte[0], UefiDecompressor.decompress(compressed));
  }

  @Test
  void everySourceComesBack() {
    sources()
        .forEach(
            (name, source) ->
                assertArrayEquals(
                    source, UefiDecompressor.decompress(UefiCompressor.compress(source)), name));
  }

  static Map<String, byte[]> sources() {
    Map<String, byte[]> sources = new TreeMap<>();
    for (int size = 0; size < 20; size++) {
      sources.put(size + " bytes", random(size, 3));
    }
    sources.put("equal bytes", new byte[1000]);
    sources.put("equal bytes, more than 64 KiB", new byte[300_000]);
    sources.put("incompressible, several blocks", random(150_000, 256));
    sources.put("two values", random(50_000, 2));
    sources.put("text", text(100_000));
    sources.put("runs", runs(100_000));
    return sources;
  }

  static byte[] random(int size, int values) {
    Random random = new Random(4242L * size + values);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) random.nextInt(values);
    }
    return bytes;
  }

  private static byte[] text(int size) {
    String[] words = {"farm ", "node ", "kernel ", "network ", "boot ", "the ", "of ", "grid\n"};
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.append(words[random.nextInt(words.length)]).append(random.nextInt(40));
    }
    return Arrays.copyOf(ascii(text.toString()), size);
  }

  private static byte[] runs(int size) {
    Random random = new Random(2);
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; ) {
      int end = Math.min(size, at + 1 + random.nextInt(600));
      Arrays.fill(bytes, at, end, (byte) random.nextInt());
      at = end;
    }
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
