package zeroboot.usb.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.ForeignTool;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Content;

/** What other people's tools wrote is recognised, and gone for them when its bytes are zeroed. */
class ProbeTest {
  private static final long SIZE = 64 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "mkfs.ext4, -q -F -L label, 'ext2/3/4 ''label'''",
    "mkfs.fat, -F 32 -n LABEL, 'FAT32 ''LABEL'''",
    "mkfs.fat, -F 16 -n LABEL, 'FAT16 ''LABEL'''",
    "mkswap, -q -L label, 'swap ''label'''"
  })
  void fileSystems(String tool, String options, String expected) throws IOException {
    Path disk = disk();
    run(tool, options, disk);
    assertEquals(List.of(expected), shown(disk));
    assertTrue(wipefs(disk).contains("0x"));
    clear(disk);
    assertEquals(List.of(), shown(disk));
    // FAT and MBR share the mark at the end of the first sector, which the writer zeroes anyway.
    zero(disk, 0, 512);
    assertEquals("", wipefs(disk));
  }

  @Test
  void bothEndsOfAGpt() throws IOException {
    Path disk = disk();
    run("sgdisk", "-n 1:0:0", disk);
    try (BlockReader reader = reader(disk)) {
      assertEquals("GPT", Probe.partitionTable(reader, 512));
      assertEquals(
          List.of(512L, SIZE - 512),
          Probe.signatures(reader, 512).stream().map(FoundMark::offset).toList());
    }
    zero(disk, 0, 64 << 10);
    try (BlockReader reader = reader(disk)) {
      assertEquals("GPT", Probe.partitionTable(reader, 512), "the copy at the end");
    }
    clear(disk);
    assertEquals("", wipefs(disk));
  }

  /** Linux RAID at the places of its versions, Intel's and DDF's RAID, LUKS's second header. */
  @ParameterizedTest
  @CsvSource({
    "Linux RAID, 0, fc4e2ba9",
    "Linux RAID, 4096, fc4e2ba9",
    "Linux RAID, 67100672, fc4e2ba9",
    "Linux RAID, 67043328, fc4e2ba9",
    "Intel RAID, 67107840, 496e74656c20526169642049534d20436667205369672e20",
    "DDF RAID, 67108352, de11de11",
    "LUKS, 16384, 534b554cbabe",
    "LUKS, 4194304, 534b554cbabe",
    "btrfs, 65600, 5f42485266535f4d",
    "LVM, 536, 4c564d3220303031",
    "ZFS, 16404, 0000000776657273696f6e",
    "ZFS, 66863124, 0000000776657273696f6e",
    "ISO 9660, 32769, 4344303031",
    "exFAT, 3, 4558464154202020",
    "NTFS, 3, 4e54465320202020"
  })
  void places(String name, long offset, String magic) throws IOException {
    Path disk = disk();
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.seek(offset);
      file.write(HexFormat.of().parseHex(magic));
    }
    List<String> names = contents(disk).stream().map(Content::name).toList();
    assertEquals(List.of(name), names);
    clear(disk);
    assertEquals(List.of(), contents(disk));
  }

  @Test
  void strangersLabelsDoNotReachTheTerminal() throws IOException {
    Path disk = disk();
    run("mkfs.ext4", "-q -F -L \u001b[2J", disk);
    assertEquals(List.of("ext2/3/4 '?[2J'"), shown(disk));
  }

  private Path disk() throws IOException {
    Path disk = folder.resolve("disk");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    return disk;
  }

  private static void run(String tool, String options, Path disk) {
    List<String> words = new ArrayList<>(Arrays.asList(options.split(" ", -1)));
    words.add(disk.toString());
    ForeignTool.require(tool).run(words.toArray(String[]::new)).ok();
  }

  private static String wipefs(Path disk) {
    return ForeignTool.require("wipefs").run("--no-act", disk.toString()).ok();
  }

  private static List<Content> contents(Path disk) throws IOException {
    try (BlockReader reader = reader(disk)) {
      return Probe.contents(reader, 512);
    }
  }

  private static List<String> shown(Path disk) throws IOException {
    return contents(disk).stream().map(Content::shown).toList();
  }

  private static void clear(Path disk) throws IOException {
    List<FoundMark> found;
    try (BlockReader reader = reader(disk)) {
      found = Probe.signatures(reader, 512);
    }
    for (FoundMark one : found) {
      zero(disk, one.offset(), one.length());
    }
  }

  private static void zero(Path disk, long offset, int length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.seek(offset);
      file.write(new byte[length]);
    }
  }

  private static BlockReader reader(Path disk) throws IOException {
    RandomAccessFile file = new RandomAccessFile(disk.toFile(), "r");
    return new BlockReader() {
      @Override
      public long size() {
        return SIZE;
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        byte[] bytes = new byte[(int) Math.min(length, SIZE - offset)];
        file.seek(offset);
        file.readFully(bytes);
        return bytes;
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
