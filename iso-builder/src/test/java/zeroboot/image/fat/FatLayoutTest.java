package zeroboot.image.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.FileTree;
import zeroboot.image.testing.Refusal;
import zeroboot.image.testing.SampleMedia;

final class FatLayoutTest {
  private static final FatLayout.Identity IDENTITY =
      new FatLayout.Identity("ZEROBOOT", 0x3EE4997AL, 700);

  @Test
  void bootSectorHasTheFieldsOfTheSpecification() {
    FatLayout layout = FatLayout.plan(SampleMedia.tree(), IDENTITY, 2048);
    byte[] sector = layout.bootSector().toBytes();
    String expected =
        "EB3C90" // jump
            + "4D5357494E342E31" // MSWIN4.1
            + "0002"
            + "04"
            + "0100"
            + "02" // sector, cluster, reserved, FATs
            + "1000"
            + "1804"
            + "F8"
            + "0100" // root entries, sectors, media, sectors of a FAT
            + "3F00"
            + "FF00"
            + "BC020000"
            + "00000000" // geometry, hidden sectors, 32-bit sectors
            + "80"
            + "00"
            + "29"
            + "7A99E43E" // drive, reserved, signature, volume ID
            + "5A45524F424F4F54202020"
            + "4641543132202020"; // label, type
    assertEquals(expected, HexFormat.of().withUpperCase().formatHex(sector, 0, 62));
    assertEquals("55AA", HexFormat.of().withUpperCase().formatHex(sector, 510, 512));
  }

  @ParameterizedTest
  @CsvSource({
    // boot sector, two FATs, root directory, and at least one cluster for the file
    "0, 512, 5",
    "1, 512, 5",
    "512, 512, 5",
    "513, 512, 6",
    "1, 2048, 8",
    "2049, 2048, 12"
  })
  void noSectorIsWasted(int fileSize, int alignment, int sectors) {
    FileTree tree = FileTree.of(Map.of("A.TXT", new byte[fileSize]));
    assertEquals(sectors, FatLayout.plan(tree, IDENTITY, alignment).sectors());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everyTreeComesBackAsItWas(int seed) {
    Map<String, byte[]> files = SampleMedia.randomFiles(seed);
    FileTree tree = FileTree.of(files);
    int alignment = seed % 2 == 0 ? 512 : 2048;
    FatLayout layout = FatLayout.plan(tree, IDENTITY, alignment);
    byte[] volume = FatWriter.write(tree, layout);

    assertEquals(0, volume.length % alignment);
    FatVolume read = FatVolume.read(SpecReader.of("volume", volume));
    assertEquals("ZEROBOOT", read.label());
    assertEquals(layout.bootSector(), read.bootSector());
    assertEquals(files.keySet(), read.files().keySet());
    read.files().forEach((path, file) -> assertArrayEquals(files.get(path), file.content(), path));

    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Extent extent = layout.extentOf(file.getKey(), file.getValue().length);
      assertEquals(0, extent.offset() % alignment, file.getKey());
      byte[] there =
          SpecReader.of("volume", volume).bytes((int) extent.offset(), (int) extent.length());
      assertArrayEquals(file.getValue(), there, file.getKey());
    }
    FileTree shuffled = FileTree.of(SampleMedia.shuffled(files, seed));
    assertArrayEquals(
        volume, FatWriter.write(shuffled, FatLayout.plan(shuffled, IDENTITY, alignment)));
  }

  @Test
  void refusesWhatFat12CannotHold() {
    FileTree tree = FileTree.of(Map.of("A.BIN", new byte[33 << 20]));
    Refusal.assertRefused(
        "more files than FAT12 can hold", () -> FatLayout.plan(tree, IDENTITY, 512));
  }
}
