package zeroboot.image.bios;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Gap;
import zeroboot.spec.BootPath;
import zeroboot.stage.BootStages;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.JudgeOf;

class BiosBlobTest {
  private static final byte[] SCRIPT = "#!ipxe\nexit\n".getBytes(US_ASCII);

  /**
   * 0x1007 bytes of payload behind the setup sector, so the script stands at 0x1010 of the body.
   */
  private static BiosBlob tiny() {
    return BiosBlob.of(BootStages.of(BootPath.BIOS), TinyKernel.bytes(7), SCRIPT);
  }

  private static String hex(byte[] bytes, int from, int to) {
    return HexFormat.of().formatHex(bytes, from, to);
  }

  @Test
  void frameHoldsTheSetupAndTheHook() {
    byte[] blob = tiny().file();
    byte[] kernel = TinyKernel.bytes(7);
    assertEquals("eb5a90", hex(blob, 0, 3));
    assertEquals("0f", hex(blob, 0x1F1, 0x1F2)); // setup_sects: 15
    assertEquals("20010000", hex(blob, 0x1F4, 0x1F8)); // syssize: 0x1200 / 16
    assertEquals("7a0055aa", hex(blob, 0x1FC, 0x200));
    assertEquals(hex(kernel, 0x200, 0x230), hex(blob, 0x200, 0x230));
    assertEquals("e9fd11", hex(blob, 0x230, 0x233)); // jmp 1430
    assertEquals(hex(kernel, 0x233, 0x400), hex(blob, 0x233, 0x400));
  }

  @Test
  void contentsStandAtTheirOffsets() {
    byte[] blob = tiny().file();
    assertEquals("5a425433", hex(blob, 0x1400, 0x1404)); // magic
    assertEquals("00120000", hex(blob, 0x1404, 0x1408)); // body_len
    assertEquals("10101000", hex(blob, 0x140C, 0x1410)); // script_src
    assertEquals("0c000000", hex(blob, 0x1410, 0x1414)); // script_len
    assertEquals("07100000", hex(blob, 0x1414, 0x1418)); // payload_len
    assertEquals("f1f2f300", hex(blob, 0x1418, 0x141C)); // saved
    assertEquals("3002", hex(blob, 0x141C, 0x141E)); // target
    assertEquals("0100000000000000000000" + "7a00", hex(blob, 0x1420, 0x142D)); // lkrn_header
    assertEquals("01020304", hex(blob, 0x2000, 0x2004));
    assertArrayEquals(SCRIPT, Arrays.copyOfRange(blob, 0x3010, 0x301C));
    assertEquals(0x3200, blob.length);
  }

  /** Payload word 0x04030201 rolled 0x47F + 3 words on, the script's three words twice. */
  @Test
  void sumOfTheBodyIsAsWorkedOutByHand() {
    long sum = Integer.toUnsignedLong(Integer.rotateLeft(0x04030201, 0x403));
    long[] words = {0x70692123L, 0x650A6578L, 0x0A746978L};
    for (long word : words) {
      sum = (roll(sum) + word) & 0xFFFFFFFFL;
    }
    for (int i = 0x1010 / 4 + 3; i < 0x1200 / 4; i++) {
      sum = roll(sum);
    }
    for (long word : words) {
      sum = (roll(sum) + word) & 0xFFFFFFFFL;
    }
    String expected = String.format("%08x", Integer.reverseBytes((int) sum));
    assertEquals(expected, hex(tiny().file(), 0x1408, 0x140C));
  }

  private static long roll(long sum) {
    return ((sum << 1) & 0xFFFFFFFFL) | (sum >> 31);
  }

  @Test
  void rollingSumRotatesBeforeItAdds() {
    byte[] words = HexFormat.of().parseHex("000000c0" + "05000000" + "01000000");
    // C0000000; rol 80000001 + 5 = 80000006; rol 0000000D + 1 = 0000000E
    assertEquals(0xE, RollingSum.over(0, words, 0, 12));
    assertEquals(0x80000006, RollingSum.over(0, words, 0, 8));
    assertEquals(0xE, RollingSum.over(0x80000006, words, 8, 4));
  }

  @Test
  void placementAndGapAreAllThatDifferFromMediumToMedium() {
    BiosBlob blob = tiny();
    byte[] file = blob.file();
    byte[] disk = blob.onDisk(0x01020304L);
    byte[] cd = blob.onCd(0x21, Gap.NONE);
    assertEquals("0000000000000000", hex(file, 0x1AC, 0x1B4));
    assertEquals("090f007e04030201", hex(disk, 0x1AC, 0x1B4));
    assertEquals("0b03008421000000", hex(cd, 0x1AC, 0x1B4));
    assertEquals(hex(file, 0, 0x1AC), hex(disk, 0, 0x1AC));
    assertEquals(hex(file, 0x1B4, 0x1B8), hex(disk, 0x1B4, 0x1B8));
    assertEquals("00".repeat(70) + "55aa", hex(disk, 0x1B8, 0x200));
    assertEquals(hex(file, 0x200, file.length), hex(disk, 0x200, disk.length));
    assertEquals(hex(file, 0, 0x1AC), hex(cd, 0, 0x1AC));
    assertEquals(hex(file, 0x1B4, file.length), hex(cd, 0x1B4, cd.length));

    byte[] iso = blob.onCd(0x21, new Gap(BiosBlob.FRAME + 0x800, 0x5000));
    assertEquals("0008000000500000", hex(iso, 0x1FF4, 0x1FFC)); // head_len, gap
    assertEquals("0000000000000000", hex(cd, 0x1FF4, 0x1FFC));
    assertEquals(hex(cd, 0, 0x1B4), hex(iso, 0, 0x1B4));
    assertEquals(hex(cd, 0x1B8, 0x1FF4), hex(iso, 0x1B8, 0x1FF4));
    assertEquals(hex(cd, 0x1FFC, cd.length), hex(iso, 0x1FFC, iso.length));
    assertThrows(IllegalArgumentException.class, () -> blob.onDisk(0, new Gap(0x2400, 0x800)));
  }

  @Test
  void extentsNameEveryByte() {
    assertEquals(
        List.of(
            new Extent("BIOS stage", 0, 0x200),
            new Extent("iPXE setup (BIOS)", 0x200, 0x200),
            new Extent("BIOS stage, part 2", 0x400, 0x1C00),
            new Extent("iPXE (BIOS)", 0x2000, 0x1007),
            new Extent("padding", 0x3007, 9),
            new Extent("script (BIOS)", 0x3010, 12),
            new Extent("padding", 0x301C, 0x1E4)),
        tiny().layout().extents());
    assertEquals(
        List.of(
            new Extent("BIOS stage", 0x800, 0x200),
            new Extent("iPXE setup (BIOS)", 0xA00, 0x200),
            new Extent("BIOS stage, part 2", 0xC00, 0x1C00),
            new Extent("iPXE (BIOS)", 0x2800, 0x1007),
            new Extent("script (BIOS)", 0x3810, 12)),
        tiny().views(new Extent("image", 0x800, 0x10_0000)));
  }

  @Test
  void whatTheGapPartsHasANameOnBothSides() {
    Gap gap = new Gap(0x2800, 0x7800);
    assertEquals(
        List.of(
            new Extent("BIOS stage", 0x800, 0x200),
            new Extent("iPXE setup (BIOS)", 0xA00, 0x200),
            new Extent("BIOS stage, part 2", 0xC00, 0x1C00),
            new Extent("iPXE (BIOS)", 0x2800, 0x800),
            new Extent("iPXE (BIOS), part 2", 0xA800, 0x807),
            new Extent("script (BIOS)", 0xB010, 12)),
        tiny().views(new Extent("image", 0x800, 0x2800), gap));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, BiosBlob.MAX_SCRIPT + 1})
  void refusesAScriptThatIsEmptyOrTooLong(int length) {
    byte[] stage = BootStages.of(BootPath.BIOS);
    byte[] kernel = TinyKernel.bytes(0);
    ZbootException e =
        assertThrows(ZbootException.class, () -> BiosBlob.of(stage, kernel, new byte[length]));
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(e.toString().contains("is " + length + " bytes long"), e.toString());
  }

  @Test
  void takesTheLongestScript() {
    byte[] kernel = TinyKernel.bytes(0);
    byte[] script = new byte[BiosBlob.MAX_SCRIPT];
    assertEquals(
        0x2000 + 0x1000 + 0x10000,
        BiosBlob.of(BootStages.of(BootPath.BIOS), kernel, script).size());
  }

  static Stream<Arguments> unfitKernels() {
    return Stream.of(
        unfit("no boot flag", k -> k[0x1FE] = 0, "no Linux boot header"),
        unfit("no magic", k -> k[0x202] = 'h', "no Linux boot header"),
        unfit("protocol 2.01", k -> k[0x206] = 1, "boot protocol 2.02"),
        unfit("loads low", k -> k[0x211] = 0, "1 MiB"),
        unfit("10 setup sectors", k -> k[0x1F1] = 10, "5632 bytes"),
        unfit("255 setup sectors", k -> k[0x1F1] = -1, "131072 bytes"),
        unfit("long jump", k -> k[0x200] = (byte) 0xE9, "short jump"),
        unfit("jump back", k -> k[0x201] = -3, "short jump"),
        unfit("jump into the header", k -> k[0x201] = 0x10, "short jump"),
        unfit("has an initrd", k -> k[0x21C] = 1, "initial RAM disk"));
  }

  private static Arguments unfit(String name, Consumer<byte[]> change, String reason) {
    return Arguments.of(name, change, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unfitKernels")
  void refusesAKernelThatTheFrameCannotTakeIn(String name, Consumer<byte[]> change, String reason) {
    byte[] kernel = TinyKernel.bytes(0x1000);
    change.accept(kernel);
    byte[] stage = BootStages.of(BootPath.BIOS);
    ZbootException e =
        assertThrows(ZbootException.class, () -> BiosBlob.of(stage, kernel, SCRIPT), name);
    assertEquals(ZbootException.Kind.SETTINGS, e.kind());
    assertTrue(e.toString().contains(reason), e.toString());
  }

  @Test
  void refusesAStageThatIsNone() {
    byte[] stage = BootStages.of(BootPath.BIOS);
    stage[0x1FFF] = 0;
    assertThrows(
        IllegalArgumentException.class, () -> BiosBlob.of(stage, TinyKernel.bytes(0), SCRIPT));
  }

  @JudgeOf("lkrn")
  @Test
  void fileTakesTheBlobForABootSectorAndAKernel(@TempDir Path folder) throws IOException {
    BiosBlob blob = BiosBlob.of(BootStages.of(BootPath.BIOS), BundledCore.load().lkrn(), SCRIPT);
    ForeignTool file = ForeignTool.require("file");
    Path kernel = Files.write(folder.resolve("zero.lkrn"), blob.file());
    String said = file.run("-b", kernel.toString()).ok();
    assertTrue(said.contains("Linux kernel x86 boot executable"), said);
    Path disk = Files.write(folder.resolve("disk"), blob.onDisk(0));
    said = file.run("-b", "-k", disk.toString()).ok();
    assertTrue(said.contains("DOS/MBR boot sector"), said);
  }
}
