package zeroboot.image.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.plan.FileTree;
import zeroboot.image.testing.Judges;
import zeroboot.image.testing.SampleMedia;
import zeroboot.testing.ForeignTool;

/** What other people's programs say of our volumes, and we of theirs. */
final class FatJudgesTest {
  private static final FatLayout.Identity IDENTITY =
      new FatLayout.Identity("ZEROBOOT", 0x3EE4997AL, 700);

  @Test
  void everyJudgeKnowsTheVolume(@TempDir Path folder) throws IOException {
    String volume = write(folder, SampleMedia.tree(), 2048);
    Judges.content("minfo", "-i", volume, "::");
    String listing = Judges.content("mdir", "-/", "-i", volume, "::");
    assertTrue(listing.contains("Volume in drive : is ZEROBOOT"), listing);
    assertTrue(listing.contains("Volume Serial Number is 3EE4-997A"), listing);
    assertTrue(listing.contains("BOOTX64  EFI    525824 1980-01-01"), listing);
    String blkid = Judges.content("blkid", "-p", volume);
    assertTrue(blkid.contains("LABEL=\"ZEROBOOT\" UUID=\"3EE4-997A\" VERSION=\"FAT12\""), blkid);
    String file = Judges.content("file", volume);
    assertTrue(file.contains("hidden sectors 700, serial number 0x3ee4997a"), file);
    assertTrue(file.contains("FAT (12 bit)"), file);
    String archive = Judges.content("7z", "t", volume);
    assertTrue(archive.contains("File System = FAT12"), archive);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void fsckFindsNothingAndMtoolsReadsEveryByte(int seed, @TempDir Path folder) throws IOException {
    Map<String, byte[]> files = SampleMedia.randomFiles(seed);
    String volume = write(folder, FileTree.of(files), seed % 2 == 0 ? 512 : 2048);
    String fsck = Judges.content("fsck.fat", "-n", volume);
    assertTrue(fsck.matches("(?s)fsck.fat [^\\n]*\\n[^\\n]* files, (\\d+)/\\1 clusters\\n"), fsck);

    Path out = Files.createDirectory(folder.resolve("out"));
    Judges.content("mcopy", "-s", "-n", "-i", volume, "::/", out.toString());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertArrayEquals(file.getValue(), Files.readAllBytes(out.resolve(file.getKey())));
    }
  }

  private static String write(Path folder, FileTree tree, int alignment) throws IOException {
    byte[] volume = FatWriter.write(tree, FatLayout.plan(tree, IDENTITY, alignment));
    return Files.write(folder.resolve("volume.img"), volume).toString();
  }

  /** Long names, a deleted file, free clusters between used ones, other cluster sizes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void readsWhatMtoolsWrites(int sectorsPerCluster, @TempDir Path folder) throws IOException {
    Path volume = folder.resolve("foreign.img");
    Files.write(volume, new byte[1440 * 1024]);
    String image = volume.toString();
    Path large = Files.write(folder.resolve("large.bin"), SampleMedia.noise(5, 70_000));
    Path small = Files.write(folder.resolve("small"), SampleMedia.noise(6, 10));
    Path empty = Files.write(folder.resolve("empty"), new byte[0]);
    mtools(
        "mformat",
        "-i",
        image,
        "-T",
        "2880",
        "-h",
        "255",
        "-s",
        "63",
        "-v",
        "FOREIGN",
        "-c",
        Integer.toString(sectorsPerCluster),
        "::");
    mtools("mmd", "-i", image, "::/A long folder name", "::/SUB");
    mtools("mcopy", "-i", image, small.toString(), "::/GONE.BIN");
    mtools("mcopy", "-i", image, small.toString(), "::/KEPT.BIN");
    mtools("mdel", "-i", image, "::/GONE.BIN");
    mtools("mcopy", "-i", image, large.toString(), "::/SUB/A rather long name.bin");
    mtools("mcopy", "-i", image, empty.toString(), "::/SUB/EMPTY");

    FatVolume read = FatVolume.read(SpecReader.of("image", Files.readAllBytes(volume)));
    assertEquals("FOREIGN", read.label());
    assertEquals(sectorsPerCluster, read.bootSector().sectorsPerCluster());
    assertEquals("[KEPT.BIN, SUB/ARATHE~1.BIN, SUB/EMPTY]", read.files().keySet().toString());
    assertContent(read, "KEPT.BIN", Files.readAllBytes(small));
    assertContent(read, "SUB/ARATHE~1.BIN", Files.readAllBytes(large));
    assertContent(read, "SUB/EMPTY", new byte[0]);
  }

  private static void mtools(String tool, String... arguments) {
    ForeignTool.require(tool).run(arguments).ok();
  }

  private static void assertContent(FatVolume volume, String path, byte[] expected) {
    FatVolume.FatFile file = volume.files().get(path);
    assertArrayEquals(expected, file == null ? null : file.content(), path);
  }
}
