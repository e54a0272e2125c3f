package zeroboot.image.compress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.ground.ZbootException;

class HostileDataTest {
  private static final String BLOCK_OF_1 = "0000000000000001";
  private static final String NO_EXTRA = "00000 00000";
  private static final String ONLY_A = "000000000 001000001";
  private static final String NO_POSITIONS = "0000 0000";

  static Stream<Arguments> damaged() {
    return Stream.of(
        Arguments.of("nothing", new byte[0], "only 0 bytes"),
        Arguments.of("half a header", new byte[7], "only 7 bytes"),
        Arguments.of(
            "another size", HexFormat.of().parseHex("0a00000001000000000100000410000000"), "sizes"),
        Arguments.of("original of 2 GiB", HexFormat.of().parseHex("01000000ffffff7f00"), "sizes"),
        Arguments.of("negative original", HexFormat.of().parseHex("01000000ffffffff00"), "sizes"),
        Arguments.of("no block", Bits.stream(1), "empty"),
        Arguments.of("empty block", Bits.stream(1, "0000000000000000", NO_EXTRA), "empty"),
        Arguments.of(
            "more than the original",
            Bits.stream(1, "0000000000000010", NO_EXTRA, ONLY_A, NO_POSITIONS),
            "do not fit"),
        Arguments.of(
            "no terminator",
            Bits.stream(1, BLOCK_OF_1, NO_EXTRA, ONLY_A, NO_POSITIONS, "0000", "11111111"),
            "terminator"),
        Arguments.of(
            "pointer before the start",
            Bits.stream(3, BLOCK_OF_1, NO_EXTRA, "000000000 100000000", "0000 0000"),
            "window"),
        Arguments.of(
            "character that does not exist",
            Bits.stream(1, BLOCK_OF_1, NO_EXTRA, "000000000 111111110", NO_POSITIONS),
            "does not exist"),
        Arguments.of(
            "position that does not exist",
            Bits.stream(1, BLOCK_OF_1, NO_EXTRA, ONLY_A, "0000 1110"),
            "does not exist"),
        Arguments.of("code with a gap", Bits.stream(1, BLOCK_OF_1, "00001 010"), "not complete"),
        Arguments.of(
            "code of 17 bits",
            Bits.stream(1, BLOCK_OF_1, "00001 111 11111111111111111"),
            "does not exist"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damaged")
  void isRefusedWithTheReason(String name, byte[] data, String reason) {
    ZbootException e = assertThrows(ZbootException.class, () -> UefiDecompressor.decompress(data));
    assertTrue(e.toString().contains(reason), e.getMessage());
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = UefiCompressor.compress(UefiDecompressorTest.random(2000, 20));
    for (int size = 0; size < whole.length; size++) {
      byte[] part = Arrays.copyOf(whole, size);
      assertThrows(ZbootException.class, () -> UefiDecompressor.decompress(part), size + " bytes");
      if (size > 8) {
        part[0] = (byte) (size - 8); // the header says that this is all
        part[1] = (byte) ((size - 8) >> 8);
        assertThrows(
            ZbootException.class, () -> UefiDecompressor.decompress(part), size + " bytes");
      }
    }
  }

  /** A wrong bit may decode to something else; it never does harm. */
  @Test
  void everyFlippedBitEndsCleanly() {
    byte[] original = UefiDecompressorTest.random(700, 20);
    byte[] whole = UefiCompressor.compress(original);
    int refused = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += endsCleanly(flipped) ? 0 : 1;
    }
    assertTrue(refused > whole.length, "refused " + refused + " of " + whole.length * 8);
  }

  @Test
  void randomBytesEndCleanly() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] data = new byte[9 + random.nextInt(60)];
      random.nextBytes(data);
      data[0] = (byte) (data.length - 8);
      Arrays.fill(data, 1, 4, (byte) 0);
      data[6] = 0;
      data[7] = 0;
      if (i % 2 == 0) {
        data[8] = 0; // small blocks get farther
      }
      endsCleanly(data);
    }
  }

  /** Whether {@code data} decompresses; anything but a {@link ZbootException} fails the test. */
  private static boolean endsCleanly(byte[] data) {
    try {
      int size = UefiDecompressor.decompress(data).length;
      assertEquals((data[4] & 0xFF) | ((data[5] & 0xFF) << 8) | ((data[6] & 0xFF) << 16), size);
      return true;
    } catch (ZbootException e) {
      return false;
    }
  }
}
