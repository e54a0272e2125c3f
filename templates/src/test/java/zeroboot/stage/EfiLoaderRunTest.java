package zeroboot.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.spec.BootPath;
import zeroboot.testing.ForeignTool;

/**
 * The loader's machine code, run by a firmware of a few functions ({@code firmware.c}) that asks
 * its hooks what no real firmware asks. Whatever the code may not write to is protected there, so
 * that a wrong write ends the process.
 */
class EfiLoaderRunTest {
  private static final String VOUCH = "\nZero Boot: cannot vouch for iPXE under Secure Boot: ";
  private static final String WAITS = "\nwaits 10 s\n";

  @TempDir private static Path folder;
  private static Path firmware = Path.of("");
  private static Path loader = Path.of("");

  @BeforeAll
  static void compile() throws java.io.IOException {
    firmware = folder.resolve("firmware");
    loader = Files.write(folder.resolve("loader.bin"), BootStages.of(BootPath.UEFI_X64));
    String source = "src/test/stage/efi/firmware.c";
    ForeignTool.require("gcc")
        .run("-O1", "-Wall", "-Wextra", "-Werror", "-o", firmware.toString(), source)
        .ok();
  }

  @Test
  void staysBelowTwoKilobytes() {
    assertTrue(BootStages.of(BootPath.UEFI_X64).length < 2048);
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
        StartImage, hooks: none, options: script
        returns 0000000000000000, hooks: none, pools: 0
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
        StartImage, hooks: none, options: script
        returns 0000000000000000, hooks: none, pools: 0
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
    assertEquals(
        VOUCH + code + WAITS + "returns " + code + ", hooks: none, pools: 0\n", run(scenario));
  }

  @ParameterizedTest
  @CsvSource({"no Security protocol, Security2", "attributes known, both"})
  void vouchesWhereItCan(String scenario, String hooks) {
    assertEquals(
        "LoadImage, hooks: "
            + hooks
            + "\n  the core: passes\nStartImage, hooks: none, options: script\n"
            + "returns 0000000000000000, hooks: none, pools: 0\n",
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
            + ", hooks: none, pools: 0\n",
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
        StartImage, hooks: Security2, options: script
          the core: denied by the firmware
        returns 0000000000000000, hooks: Security2, pools: 0
        """,
        run("between"));
  }

  /** "options too long": the loader widens them in the place of the core. */
  @ParameterizedTest
  @ValueSource(strings = {"unpacked wrongly", "no options", "options too long"})
  void whatTheMakerNeverWritesIsDamage(String scenario) {
    assertEquals(
        "\nZero Boot: data error, this medium is damaged, write it again: 800000000000001B"
            + WAITS
            + "returns 800000000000001B, hooks: none, pools: 0\n",
        run(scenario));
  }

  private static String run(String scenario) {
    return ForeignTool.require(firmware.toString()).run(loader.toString(), scenario).ok();
  }
}
