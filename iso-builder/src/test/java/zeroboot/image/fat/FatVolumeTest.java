package zeroboot.image.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.plan.FileTree;
import zeroboot.image.testing.Refusal;
import zeroboot.image.testing.SampleMedia;

/** Volumes that somebody broke. */
final class FatVolumeTest {
  /** Clusters of 512 bytes: 2 folder EFI, 3 folder EFI/BOOT, 4 A.TXT, 5 and 6 EFI/BOOT/B.EFI. */
  private static final byte[] SOUND = sound();

  private static byte[] sound() {
    FileTree tree =
        FileTree.of(Map.of("A.TXT", new byte[100], "EFI/BOOT/B.EFI", SampleMedia.noise(1, 1000)));
    FatLayout.Identity identity = new FatLayout.Identity("ZEROBOOT", 1, 0);
    return FatWriter.write(tree, FatLayout.plan(tree, identity, 512));
  }

  @Test
  void theSoundVolumeIsLaidOutAsTheCasesExpect() {
    assertEquals("[A.TXT, EFI/BOOT/B.EFI]", read(SOUND).files().keySet().toString());
    assertEquals(4608, SOUND.length);
    assertEquals("F8FFFFFFFFFFFF6F00FF0F", hex(0x200, 11)); // FAT
    assertEquals("41202020202020205458542000000000", hex(0x620, 16)); // A.TXT in the root
    assertEquals("45464920202020202020201000000000", hex(0x640, 16)); // EFI in the root
    assertEquals("424F4F54202020202020201000000000", hex(0x840, 16)); // BOOT in EFI
    assertEquals("42202020202020204546492000000000", hex(0xA40, 16)); // B.EFI in BOOT
  }

  private static String hex(int offset, int count) {
    return HexFormat.of().withUpperCase().formatHex(SOUND, offset, offset + count);
  }

  @ParameterizedTest
  @CsvSource({
    // offset, bytes, complaint
    "510, 0000, no 55 AA",
    "0, 00, does not begin with a jump",
    "11, 0008, sectors of 2048 bytes",
    "13, 00, 0 sectors a cluster",
    "13, 03, 3 sectors a cluster",
    "14, 0000, no reserved sector",
    "16, 00, no FAT",
    "17, 0000, 0 root entries",
    "17, 0100, 1 root entries",
    "17, F0FF, no data sectors",
    "19, FFFF, clusters",
    "19, 0A00, bytes",
    "19, 5801, cannot hold 340 clusters",
    "19, 0000F801003F00FF0000000000FFFFFFFF, clusters",
    "21, 00, media type 0",
    "22, 0000, not FAT12",
  })
  void refusesBadGeometry(int offset, String hex, String why) {
    Refusal.assertRefused(why, () -> read(changed(offset, hex)));
  }

  @ParameterizedTest
  @CsvSource({
    "0x207, 0F00, leads to 0", // a free cluster in a chain
    "0x207, 1F00, leads to 1", // a reserved one
    "0x207, 7F00, leads to 7", // one behind the last
    "0x207, 5F00, cluster 5 is used twice", // a loop of one
    "0xA5A, 0400, cluster 4 is used twice", // two files in one cluster
    "0x85A, 0200, cluster 2 is used twice", // a folder in itself
    "0x85A, 0000, leads to 0", // a folder without clusters
    "0x63C, FFFFFFFF, A.TXT has 4294967295 bytes in 512",
    "0x63C, 00000000, A.TXT has 0 bytes in 512",
    "0x640, 4120202020202020545854200000000000000000000000000000000000000000, named A.TXT",
    "0x640, 2E2E202020202020202020200000000000000000000000000000000000000000, named ..",
  })
  void refusesBadLinks(String offset, String hex, String why) {
    byte[] image = changed(Integer.decode(offset), hex);
    Refusal.assertRefused(why, () -> read(image));
  }

  @Test
  void aNameBringsNoEscapeCodeToATerminal() {
    FatVolume volume = read(changed(0x620, "1B5B"));
    assertEquals("[%1B[.TXT, EFI/BOOT/B.EFI]", volume.files().keySet().toString());
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < SOUND.length; length += 31) {
      byte[] cut = Arrays.copyOf(SOUND, length);
      assertThrows(ZbootException.class, () -> read(cut), "cut to " + length);
    }
  }

  /** Whatever the bytes, the reader ends, and with nothing worse than its own error. */
  @Test
  void noChangeOfBytesBreaksTheReader() {
    Random random = new Random(7);
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] image = SOUND.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        image[random.nextInt(image.length)] = (byte) random.nextInt(256);
      }
      try {
        read(image);
        read++;
      } catch (ZbootException refused) {
        assertEquals(ZbootException.Kind.SETTINGS, refused.kind());
      }
    }
    assertTrue(read > 0 && read < 20_000, read + " of 20000 were still sound");
  }

  @Test
  void bytesBehindTheVolumeDoNotMatter() {
    byte[] longer = Arrays.copyOf(SOUND, SOUND.length + 700);
    assertArrayEquals(SampleMedia.noise(1, 1000), content(read(longer), "EFI/BOOT/B.EFI"));
  }

  private static byte[] content(FatVolume volume, String path) {
    FatVolume.FatFile file = volume.files().get(path);
    assertTrue(file != null, path);
    return file == null ? new byte[0] : file.content();
  }

  private static byte[] changed(int offset, String hex) {
    byte[] image = SOUND.clone();
    byte[] bytes = HexFormat.of().parseHex(hex);
    System.arraycopy(bytes, 0, image, offset, bytes.length);
    return image;
  }

  private static FatVolume read(byte[] image) {
    return FatVolume.read(SpecReader.of("volume", image));
  }
}
