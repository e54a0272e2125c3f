package zeroboot.image.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UefiCompressorTest {
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

  @ParameterizedTest
  @EnumSource(Effort.class)
  void everySourceComesBack(Effort effort) {
    sources()
        .forEach(
            (name, source) ->
                assertArrayEquals(
                    source,
                    UefiDecompressor.decompress(UefiCompressor.compress(source, effort)),
                    name));
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void blocksKeepToTheirSixteenBits(Effort effort) {
    Blocks blocks = UefiCompressor.parse(random(200_000, 256), effort);
    int from = 0;
    for (int end : blocks.ends()) {
      assertTrue(end > from && end - from <= 0xFFFF, from + " to " + end);
      from = end;
    }
    assertEquals(blocks.tokens().size(), from);
  }

  @Test
  void noStringReachesOutOfTheWindow() {
    byte[] source = new byte[20_000];
    byte[] phrase = ascii("a phrase that comes twice");
    for (int distance : new int[] {8190, 8191, 8192}) {
      Arrays.fill(source, (byte) 0);
      System.arraycopy(phrase, 0, source, 1000, phrase.length);
      System.arraycopy(phrase, 0, source, 1000 + distance, phrase.length);
      Tokens tokens = UefiCompressor.parse(source, Effort.BEST).tokens();
      int farthest = 0;
      for (int i = 0; i < tokens.size(); i++) {
        if (Tokens.isPointer(tokens.get(i))) {
          farthest = Math.max(farthest, Tokens.position(tokens.get(i)));
        }
      }
      assertEquals(distance <= 8191, farthest == distance - 1, "distance " + distance);
      assertTrue(farthest <= 8190, "position " + farthest);
    }
  }

  @Test
  void similarSourceIsAdaptedToWhateverChanged() {
    byte[] source = text(60_000);
    Compressed like = Compressed.read(UefiCompressor.compress(source));
    byte[] changed = Arrays.copyOf(source, source.length + 3000);
    System.arraycopy(random(3000, 256), 0, changed, source.length, 3000);
    for (int i = 100; i < source.length; i += 7001) {
      changed[i] ^= 0x55;
    }
    Map<String, byte[]> variants =
        Map.of(
            "same",
            source,
            "changed and longer",
            changed,
            "shorter",
            Arrays.copyOf(source, 12_345),
            "empty",
            new byte[0],
            "another",
            random(70_000, 256));
    variants.forEach(
        (name, variant) ->
            assertArrayEquals(
                variant,
                UefiDecompressor.decompress(UefiCompressor.compressLike(variant, like)),
                name));
    assertArrayEquals(like.bytes(), UefiCompressor.compressLike(source, like));
    int growth = UefiCompressor.compressLike(changed, like).length - like.bytes().length;
    assertTrue(growth < 3000 + 1000, "3000 random bytes took " + growth);
  }

  /** So it makes no difference to the result which blocks are copied. */
  @Test
  void copiedBlocksAreWhatTheirTokensGive() {
    byte[] source = Arrays.copyOf(text(60_000), 120_000);
    System.arraycopy(random(60_000, 200), 0, source, 60_000, 60_000);
    Compressed like = Compressed.read(UefiCompressor.compress(source));
    assertTrue(like.index().size() > 2, like.index().size() + " blocks");
    BitWriter copied = new BitWriter();
    BitWriter encoded = new BitWriter();
    for (int block = 0; block < like.index().size(); block++) {
      like.copy(block, copied);
      Tokens tokens = like.tokens(block);
      new Blocks(tokens, new int[] {tokens.size()}).put(encoded);
      assertEquals(encoded.bitCount(), copied.bitCount());
    }
    assertArrayEquals(encoded.toByteArray(), copied.toByteArray());
    BlockIndex stored = BlockIndex.of(like.index().toBytes());
    assertArrayEquals(like.index().bits(), stored.bits());
    assertArrayEquals(like.index().offsets(), stored.offsets());
  }

  @Test
  void noCodeHasMoreThanSixteenBits() {
    int[] fibonacci = new int[30];
    fibonacci[0] = 1;
    fibonacci[1] = 1;
    for (int i = 2; i < fibonacci.length; i++) {
      fibonacci[i] = fibonacci[i - 1] + fibonacci[i - 2];
    }
    int[] lengths = HuffmanCode.of(fibonacci).lengths();
    assertTrue(Arrays.stream(lengths).allMatch(length -> length >= 1 && length <= 16));
    assertEquals(1 << 16, Arrays.stream(lengths).map(length -> 1 << (16 - length)).sum());
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
