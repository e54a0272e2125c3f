package zeroboot.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.spec.BootPath;
import zeroboot.testing.ForeignTool;

class EfiLoaderTest {
  private static final String FOLDER = "src/main/stage/efi";

  @Test
  void committedBytesAreWhatTheSourceAssemblesTo(@TempDir Path folder) throws IOException {
    assertArrayEquals(assembled(folder), BootStages.of(BootPath.UEFI_X64));
    assertArrayEquals(assembled(folder, "--defsym", "CHAINED=1"), BootStages.chained());
  }

  private static byte[] assembled(Path folder, String... options) throws IOException {
    Path object = folder.resolve("loader.o");
    Path binary = folder.resolve("loader.bin");
    List<String> words = new ArrayList<>(List.of("--64", "--fatal-warnings", "-I", FOLDER));
    words.addAll(List.of(options));
    words.addAll(List.of("-o", object.toString(), FOLDER + "/loader.S"));
    ForeignTool.require("as").run(words.toArray(String[]::new)).ok();
    ForeignTool.require("ld")
        .run(
            "-m",
            "elf_x86_64",
            "-Ttext",
            "0x1000",
            "-e",
            "_start",
            "--oformat",
            "binary",
            "-o",
            binary.toString(),
            object.toString())
        .ok();
    return Files.readAllBytes(binary);
  }

  /** It ends before the page of its data, and what has to be believed is short enough to read. */
  @Test
  void isSmall() {
    assertTrue(BootStages.of(BootPath.UEFI_X64).length < 2560);
  }

  @Test
  void theStoredFingerprintIsThatOfBothCodes() {
    assertEquals(
        BootStages.fingerprint(BootStages::of),
        BootStages.fingerprint(),
        "write it anew: templates/src/main/resources/zeroboot/stage/fingerprint.txt");
  }
}
