package zeroboot.image.iso;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootParts;
import zeroboot.image.IsoImage;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.FileTree;
import zeroboot.image.testing.Refusal;
import zeroboot.image.testing.SampleMedia;
import zeroboot.testing.ForeignTool;

/** Images of other people, some of them hostile. */
final class IsoVolumeTest {
  private static final int BLOCK = 2048;

  /** Blocks: 16 descriptors, 19 and 20 path tables, 21 root, 22 BOOT, 23 EFI, 24 EFI/BOOT. */
  private static final byte[] SOUND =
      IsoImage.make(
              new BootParts(
                  FileTree.of(Map.of("EFI/BOOT/BOOTX64.EFI", new byte[100])),
                  Optional.of(new SampleMedia.FakeBios(4096)),
                  SampleMedia.ID))
          .bytes();

  @ParameterizedTest
  @CsvSource({
    // block, offset in it, bytes, complaint
    "16, 0, 02, no primary volume descriptor",
    "16, 1, 00, no CD001 in block 16",
    "18, 0, 00, no CD001 in block 19", // no terminator
    "16, 80, FFFF0000FFFF0000, two byte orders",
    "16, 80, FFFFFFFFFFFFFFFF, the volume has 8796093020160 bytes",
    "16, 128, 00020200, logical blocks of 512 bytes",
    "16, 156, 00, a directory record of 0 bytes",
    "16, 158, FFFFFF7F7FFFFFFF, cut short", // root directory
    "16, 166, FFFFFF7F7FFFFFFF, a directory has 2147483647 bytes",
    "16, 166, 00F8FF7F7FFFF800, ISO directory record: ", // goes on into the files
    "17, 71, FFFFFFFF, El Torito boot catalog: cut short",
    "17, 71, 00000000, no validation entry",
    "21, 0, 20, a directory record of 32 bytes",
    "21, 70, 1500000000000015, block 21 is in two directories", // BOOT is the root
    "24, 70, FFFFFF7F7FFFFFFF, ISO file EFI/BOOT/BOOTX64.EFI: cut short",
    "24, 78, FFFFFFFFFFFFFFFF, ISO file EFI/BOOT/BOOTX64.EFI: cut short",
  })
  void refusesABrokenVolume(int block, int offset, String hex, String why) {
    byte[] image = SOUND.clone();
    byte[] change = HexFormat.of().parseHex(hex);
    System.arraycopy(change, 0, image, block * BLOCK + offset, change.length);
    Refusal.assertRefused(why, () -> read(image));
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < SOUND.length; length += 511) {
      byte[] cut = Arrays.copyOf(SOUND, length);
      Refusal.assertRefused("bytes", () -> read(cut));
    }
  }

  /** Whatever the bytes, the reader ends, and with nothing worse than its own error. */
  @Test
  void noChangeOfBytesBreaksTheReader() {
    Random random = new Random(11);
    int read = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] image = SOUND.clone();
      for (int i = random.nextInt(5); i >= 0; i--) {
        image[(16 + random.nextInt(10)) * BLOCK + random.nextInt(250)] = (byte) random.nextInt(256);
      }
      try {
        read(image);
        read++;
      } catch (ZbootException refused) {
        assertEquals(ZbootException.Kind.SETTINGS, refused.kind());
      }
    }
    assertTrue(read > 0 && read < 2_000, read + " of 2000 were still sound");
  }

  /** Joliet and Rock Ridge beside the plain names, a directory of several blocks, empty files. */
  @Test
  void readsWhatXorrisoWrites(@TempDir Path folder) throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree/sub/a long name"));
    for (int i = 0; i < 100; i++) {
      Files.write(
          folder.resolve("tree/sub/file%02d.dat".formatted(i)), SampleMedia.noise(i, i * 50));
    }
    Files.write(tree.resolve("plain"), SampleMedia.noise(1, 5000));
    Path iso = folder.resolve("foreign.iso");
    ForeignTool.require("xorrisofs")
        .run("-quiet", "-J", "-R", "-V", "FOREIGN", "-o", iso.toString(), folder + "/tree")
        .ok();

    byte[] image = Files.readAllBytes(iso);
    IsoVolume volume = read(image);
    assertEquals("FOREIGN", volume.primary().volumeId());
    assertEquals(Optional.empty(), volume.bootCatalog());
    assertEquals(101, volume.files().size());
    assertContent(image, volume, "SUB/FILE99.DAT", SampleMedia.noise(99, 99 * 50));
    assertContent(image, volume, "SUB/FILE00.DAT", new byte[0]);
    assertContent(image, volume, "SUB/A_LONG_N/PLAIN", SampleMedia.noise(1, 5000));
  }

  private static void assertContent(byte[] image, IsoVolume volume, String path, byte[] expected) {
    Extent extent = volume.files().get(path);
    assertTrue(extent != null, () -> path + " is not among " + volume.files().keySet());
    if (extent != null) {
      int offset = (int) extent.offset();
      assertArrayEquals(expected, Arrays.copyOfRange(image, offset, (int) extent.end()), path);
    }
  }

  private static IsoVolume read(byte[] image) {
    return IsoVolume.read(SpecReader.of("image", image));
  }
}
