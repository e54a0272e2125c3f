package zeroboot.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.spec.BootPath;
import zeroboot.testing.ForeignTool;

/** The committed bytes of the BIOS stage are what its source assembles to. */
class BiosStageTest {
  private static final String FOLDER = "src/main/stage/bios";

  private Path folder = Path.of("");
  private String object = "";

  @BeforeEach
  void assemble(@TempDir Path scratch) {
    folder = scratch;
    object = folder.resolve("stage.o").toString();
    ForeignTool.require("as")
        .run("--32", "--fatal-warnings", "-I", FOLDER, "-o", object, FOLDER + "/stage.S")
        .ok();
  }

  @Test
  void linkerWritesTheCommittedBytes() throws IOException {
    Path binary = folder.resolve("direct.bin");
    link("--oformat", "binary", "-o", binary.toString(), object);
    assertArrayEquals(BootStages.of(BootPath.BIOS), Files.readAllBytes(binary));
  }

  @Test
  void objcopyTakesTheCommittedBytesOutOfAnElfFile() throws IOException {
    Path elf = folder.resolve("stage.elf");
    Path binary = folder.resolve("copied.bin");
    link("-o", elf.toString(), object);
    ForeignTool.require("objcopy")
        .run("-O", "binary", "-j", ".text", elf.toString(), binary.toString())
        .ok();
    assertArrayEquals(BootStages.of(BootPath.BIOS), Files.readAllBytes(binary));
  }

  private static void link(String... arguments) {
    String[] common = {"-m", "elf_i386", "-Ttext", "0x7c00", "-e", "_start"};
    ForeignTool.require("ld")
        .run(Stream.concat(Stream.of(common), Stream.of(arguments)).toArray(String[]::new))
        .ok();
  }

  /** The offsets that the comments of the source state, and that the builder fills in. */
  @Test
  void fieldsStandWhereTheSourceSays() {
    Map<String, Integer> symbols =
        Stream.of(ForeignTool.require("nm").run(object).ok().split("\n"))
            .map(line -> line.trim().split("\\s+"))
            .collect(Collectors.toMap(w -> w[2], w -> Integer.parseUnsignedInt(w[0], 16)));
    Map<String, Integer> stated =
        Map.ofEntries(
            Map.entry("sector_shift", 0x1AC),
            Map.entry("rest_count", 0x1AD),
            Map.entry("rest_addr", 0x1AE),
            Map.entry("blob_lba", 0x1B0),
            Map.entry("frame_sum", 0x1B4),
            Map.entry("magic", 0x1400),
            Map.entry("body_len", 0x1404),
            Map.entry("body_sum", 0x1408),
            Map.entry("script_src", 0x140C),
            Map.entry("script_len", 0x1410),
            Map.entry("payload_len", 0x1414),
            Map.entry("saved", 0x1418),
            Map.entry("target", 0x141C),
            Map.entry("hook_at", 0x141E),
            Map.entry("lkrn_header", 0x1420),
            Map.entry("tail", 0x1FFC));
    stated.forEach((name, offset) -> assertEquals(offset, symbols.get(name), name));
    byte[] stage = BootStages.of(BootPath.BIOS);
    int hookAt = (stage[0x141E] & 0xFF) | (stage[0x141F] & 0xFF) << 8;
    assertEquals(symbols.get("hook"), hookAt);
  }

  @Test
  void leavesRoomForWhatOthersPutThere() {
    byte[] stage = BootStages.of(BootPath.BIOS);
    assertEquals(0x2000, stage.length);
    assertArrayEquals(new byte[] {(byte) 0xEB, 0x5A, (byte) 0x90}, Arrays.copyOf(stage, 3));
    assertZero(stage, 0x03, 0x5A); // a BPB that firmware may write
    assertZero(stage, 0x1AC, 0x1FE); // placement, disk signature, partition table
    assertEquals((byte) 0x55, stage[0x1FE]);
    assertEquals((byte) 0xAA, stage[0x1FF]);
    assertZero(stage, 0x200, 0x1400); // setup sectors of the lkrn
    assertEquals("ZBT3", new String(stage, 0x1400, 4, StandardCharsets.US_ASCII));
    assertZero(stage, 0x1404, 0x141E);
    assertEquals("ZEND", new String(stage, 0x1FFC, 4, StandardCharsets.US_ASCII));
  }

  private static void assertZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      assertTrue(bytes[i] == 0, String.format("byte %04x is in use", i));
    }
  }
}
