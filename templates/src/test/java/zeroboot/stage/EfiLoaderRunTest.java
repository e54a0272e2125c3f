package zeroboot.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.lzma.LzmaEncoder;
import zeroboot.lzma.LzmaParser;
import zeroboot.spec.BootPath;
import zeroboot.testing.ForeignTool;

/**
 * The loader's machine code, run by a firmware of a few functions ({@code firmware.c}) that asks
 * its hooks what no real firmware asks. Whatever the code may not write to is protected there, so
 * that a wrong write ends the process.
 */
class EfiLoaderRunTest {
  private static final String VOUCH = "\nZero Boot: cannot vouch for iPXE under Secure Boot: ";
  private static final String WORK_SIZE = "26608";
  private static final String WAITS = "\nwaits 10 s\n";

  @TempDir private static Path folder;
  private static Path firmware = Path.of("");
  private static Path loader = Path.of("");
  private static Path chained = Path.of("");
  private static Path payload = Path.of("");

  @BeforeAll
  static void compile() throws java.io.IOException {
    firmware = folder.resolve("firmware");
    loader = Files.write(folder.resolve("loader.bin"), BootStages.of(BootPath.UEFI_X64));
    chained = Files.write(folder.resolve("chained.bin"), BootStages.chained());
    payload = Files.write(folder.resolve("payload"), payload(""));
    String source = "src/test/stage/efi/firmware.c";
    ForeignTool.require("gcc")
        .run("-O1", "-Wall", "-Wextra", "-Werror", "-o", firmware.toString(), source)
        .ok();
  }

  @Test
  void staysSmall() {
    assertTrue(BootStages.of(BootPath.UEFI_X64).length < 2560);
    assertTrue(BootStages.chained().length < 2560);
  }

  @Test
  void everyChangeOfThePayloadIsRefused() {
    int changes = 2 * (int) payload.toFile().length();
    assertEquals(changes + " of " + changes + " changes refused, 0 loaded\n", run("every byte"));
  }

  /**
   * Whatever the lengths are, nothing outside of the image is touched, and no other core loaded.
   */
  @Test
  void lengthsAreChecked() {
    assertEquals("0 of 20000 headers end otherwise than they should\n", run("headers"));
  }

  /** Firmware that is asked answers for itself, with what it was asked. */
  @Test
  void nothingButTheCorePasses() {
    assertEquals(
        """
        LoadImage, hooks: both
          a path before the core: denied by the firmware
          a copy: denied by the firmware
          a byte less: denied by the firmware
          a byte more: denied by the firmware
          the byte behind: denied by the firmware
          no buffer: denied by the firmware
          nothing: denied by the firmware
          another file: violation by the firmware
          a file that is signed: passes by the firmware
          a changed byte: denied by the firmware
          a changed byte: denied by the firmware
          a path after all these: denied by the firmware
          the core: passes
          another path: denied by the firmware
          a short path: denied by the firmware
          no path: denied by the firmware
          its path: passes
          its path again: denied by the firmware
          the core by another path: passes
          the core by no path: passes
        StartImage, hooks: none, options: script<0>
        returns 0000000000000000, hooks: none
        """,
        run("questions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Secure Boot off", "setup mode", "silent firmware"})
  void firmwareThatEnforcesNothingIsLeftAlone(String scenario) {
    assertEquals(
        """
        LoadImage, hooks: none
          the core: denied by the firmware
        StartImage, hooks: none, options: script<0>
        returns 0000000000000000, hooks: none
        """,
        run(scenario));
  }

  @ParameterizedTest
  @CsvSource({
    "no Security2, 800000000000000E",
    "Security2 is locked, 8000000000000008",
    "Security is locked, 8000000000000008",
    "attributes unknown, 8000000000000003"
  })
  void saysSoWhereItCannotVouch(String scenario, String code) {
    assertEquals(VOUCH + code + WAITS + "returns " + code + ", hooks: none\n", run(scenario));
  }

  @ParameterizedTest
  @CsvSource({"no Security protocol, Security2", "attributes known, both"})
  void vouchesWhereItCan(String scenario, String hooks) {
    assertEquals(
        "LoadImage, hooks: "
            + hooks
            + "\n  the core: passes\nStartImage, hooks: none, options: script<0>\n"
            + "returns 0000000000000000, hooks: none\n",
        run(scenario));
  }

  @ParameterizedTest
  @CsvSource({
    "denied, Secure Boot refused iPXE, 800000000000000F, ''",
    "violation, Secure Boot refused iPXE, 800000000000001A, UnloadImage",
    "resources, cannot load iPXE, 8000000000000009, UnloadImage"
  })
  void takesTheHooksAwayWhenNothingIsLoaded(
      String scenario, String message, String code, String unload) {
    assertEquals(
        "LoadImage, hooks: both\n  the core: passes\n\nZero Boot: "
            + message
            + ": "
            + code
            + WAITS
            + (unload.isEmpty() ? "" : unload + "\n")
            + "returns "
            + code
            + ", hooks: none\n",
        run(scenario));
  }

  /**
   * Whoever has put a hook of his own before ours keeps it, and ours lets nothing pass any more.
   */
  @Test
  void leavesTheHookOfAnotherAlone() {
    assertEquals(
        """
        LoadImage, hooks: both
          the core: passes
        StartImage, hooks: Security2, options: script<0>
          the core: denied by the firmware
        returns 0000000000000000, hooks: Security2
        """,
        run("between"));
  }

  /** Under a right checksum: another core than was signed, and a script that is not there. */
  @ParameterizedTest
  @ValueSource(strings = {"another core", "no options", "options too long", "root too far"})
  void whatTheMakerNeverWritesIsDamage(String wrong) throws java.io.IOException {
    Path other = Files.write(folder.resolve("other"), payload(wrong));
    assertEquals(
        "\nZero Boot: data error, this medium is damaged, write it again: 800000000000001B"
            + WAITS
            + "returns 800000000000001B, hooks: none\n",
        run(other, wrong));
  }

  /**
   * The way to the card stands before the node of ours, so that iPXE finds the card, and no URI,
   * beside which it would look for scripts.
   */
  @ParameterizedTest
  @CsvSource({"path, 1.1/6 1.1/6 3.11/37 3.12/27", "path with a URI, 1.1/6 1.1/6 3.11/37 3.12/27"})
  void theOtherLoaderLeadsToTheCard(String scenario, String nodes) {
    assertEquals(
        "path: 2.1/12 "
            + nodes
            + " 1.4/20 127.255/4\nLoadImage, hooks: both\n  the core: passes\n"
            + "StartImage, hooks: none, options: script<0>\n"
            + "returns 0000000000000000, hooks: none\n",
        run(chained, payload, scenario));
  }

  @ParameterizedTest
  @CsvSource({
    "long path, 8000000000000005",
    "bad path, 8000000000000005",
    "endless path, 8000000000000005",
    "path that is missing, 8000000000000003"
  })
  void theOtherLoaderRefusesPathsThatItCannotHold(String scenario, String code) {
    assertEquals(
        "\nZero Boot: cannot load iPXE: " + code + WAITS + "returns " + code + ", hooks: none\n",
        run(chained, payload, scenario));
  }

  @Test
  void theOtherLoaderIsAsStrict() {
    int changes = 2 * (int) payload.toFile().length();
    assertEquals(
        changes + " of " + changes + " changes refused, 0 loaded\n",
        run(chained, payload, "every byte"));
    assertEquals(
        "0 of 20000 headers end otherwise than they should\n", run(chained, payload, "headers"));
  }

  private static String run(String scenario) {
    return run(payload, scenario);
  }

  private static String run(Path payload, String scenario) {
    return run(loader, payload, scenario);
  }

  private static String run(Path loader, Path payload, String scenario) {
    return ForeignTool.require(firmware.toString())
        .run(loader.toString(), payload.toString(), WORK_SIZE, scenario)
        .ok();
  }

  /** A payload as {@code SealedPayload} makes it, of a core that is no more than bytes. */
  private static byte[] payload(String wrong) {
    byte[] core = new byte[5001];
    for (int i = 0; i < core.length; i++) {
      core[i] = (byte) (i * 7 + i / 256);
    }
    // jmp, call, jump on a condition, lea: their operands are the offsets of what they refer to
    byte[] code =
        HexFormat.of().parseHex("e900001004" + "e800001004" + "0f8500001004" + "488d3d00001004");
    byte[] plain =
        HexFormat.of().parseHex("e9ff0f0000" + "e8fa0f0000" + "0f85f40f0000" + "488d3ded0f0000");
    byte[] options = "script\0".getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(core, core.length + 20 + options.length);
    System.arraycopy(code, 0, all, 0, code.length);
    System.arraycopy(plain, 0, core, 0, plain.length);
    System.arraycopy(options, 0, all, all.length - options.length, options.length);
    int rootAt = core.length - 32; // as far behind as it can be
    byte[] root = Arrays.copyOfRange(core, rootAt, core.length);
    Arrays.fill(all, rootAt, core.length, (byte) 0);
    LzmaEncoder encoder = LzmaEncoder.of(4);
    LzmaParser.parse(encoder, all, 0);
    byte[] stream = encoder.finish();
    ByteBuffer bytes = ByteBuffer.allocate(76 + stream.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0).put("ZBOOT-03".getBytes(StandardCharsets.US_ASCII)).putInt(stream.length);
    int optionsSize =
        switch (wrong) {
          case "no options" -> 0;
          case "options too long" -> all.length + 1;
          default -> options.length;
        };
    if (wrong.equals("root too far")) {
      // What the core would be if a byte of the root were written behind it: only the bound
      // refuses.
      System.arraycopy(root, 0, core, rootAt + 1, root.length - 1);
      core[rootAt] = 0;
    }
    int crc = crc32(core, 0) ^ (wrong.equals("another core") ? 1 : 0);
    bytes.putInt(all.length).putInt(core.length).putInt(optionsSize);
    bytes.putInt(0).putInt(code.length);
    bytes.putInt(rootAt + (wrong.equals("root too far") ? 1 : 0)).putInt(crc).put(root).put(stream);
    return bytes.putInt(0, crc32(bytes.array(), 4)).array();
  }

  private static int crc32(byte[] bytes, int from) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }
}
