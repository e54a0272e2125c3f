package zeroboot.image.iso;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.testing.Refusal;
import zeroboot.testing.ForeignTool;

final class BootCatalogTest {
  private static final BootCatalog BOTH =
      new BootCatalog(
          BootCatalog.X86,
          BootEntry.noEmulation(4, 26),
          List.of(
              new BootCatalog.Section(
                  BootCatalog.UEFI, List.of(BootEntry.noEmulation(1048, 201)))));

  @Test
  void hasTheFieldsOfTheSpecification() {
    String expected =
        "01000000"
            + "00".repeat(24)
            + "AA5555AA" // validation entry
            + "88000000"
            + "0000"
            + "0400"
            + "1A000000"
            + "00".repeat(20) // initial entry
            + "91EF0100"
            + "00".repeat(28) // final section header
            + "88000000"
            + "0000"
            + "1804"
            + "C9000000"
            + "00".repeat(20) // section entry
            + "00".repeat(2048 - 128);
    assertEquals(expected, HexFormat.of().withUpperCase().formatHex(BOTH.toBytes()));
  }

  @Test
  void theWordsOfTheValidationEntryAddUpToZero() {
    // Known from the images of xorriso, which prints AA 55 for BIOS and AA 66 for UEFI.
    assertEquals("aa5555aa", checksum(BootCatalog.X86));
    assertEquals("aa6655aa", checksum(BootCatalog.UEFI));
  }

  private static String checksum(int platform) {
    return HexFormat.of().formatHex(BootCatalog.validationEntry(platform), 28, 32);
  }

  @Test
  void comesBackAsItWas() {
    assertEquals(BOTH, BootCatalog.read(SpecReader.of("catalog", BOTH.toBytes())));
    BootCatalog uefi = new BootCatalog(BootCatalog.UEFI, BootEntry.noEmulation(9, 9), List.of());
    assertEquals(uefi, BootCatalog.read(SpecReader.of("catalog", uefi.toBytes())));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 02, no validation entry",
    "30, 00, no validation entry",
    "4, 01, the checksum",
    "32, 01, boot indicator 1",
    "64, 92, header indicator 146",
    "66, FFFF, cut short", // 65535 entries
    "96, 77, boot indicator 119",
  })
  void refusesABrokenCatalog(int offset, String hex, String why) {
    byte[] bytes = BOTH.toBytes();
    byte[] change = HexFormat.of().parseHex(hex);
    System.arraycopy(change, 0, bytes, offset, change.length);
    for (int at = 128; at < bytes.length && offset == 66; at++) {
      bytes[at] = 0x44; // extensions without end
    }
    Refusal.assertRefused(why, () -> BootCatalog.read(SpecReader.of("catalog", bytes)));
  }

  /** The bytes of xorriso's catalog, but for the ID string that it leaves to the user. */
  @Test
  void isTheOneThatXorrisoWrites(@TempDir Path folder) throws IOException {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.write(tree.resolve("bios.bin"), new byte[4096]);
    Files.write(tree.resolve("efi.img"), new byte[1048 * 512]);
    Path iso = folder.resolve("foreign.iso");
    ForeignTool.require("xorrisofs")
        .run(
            "-quiet",
            "-no-pad",
            "-o",
            iso.toString(),
            "-c",
            "boot.cat",
            "-b",
            "bios.bin",
            "-no-emul-boot",
            "-boot-load-size",
            "4",
            "-eltorito-alt-boot",
            "-e",
            "efi.img",
            "-no-emul-boot",
            tree.toString())
        .ok();
    SpecReader image = SpecReader.of("image", Files.readAllBytes(iso));
    int catalog = (int) image.le32(17 * 2048 + 71) * 2048;
    BootCatalog read = IsoVolume.read(image).bootCatalog().orElseThrow();
    assertEquals(1048, read.sections().get(0).entries().get(0).sectorCount());
    assertArrayEquals(image.bytes(catalog, 2048), read.toBytes());
  }
}
