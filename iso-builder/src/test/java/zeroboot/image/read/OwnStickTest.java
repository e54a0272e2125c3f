package zeroboot.image.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.ground.Sha256;
import zeroboot.image.plan.Extent;

/** A UEFI file of zboot's on a stick that somebody made. */
class OwnStickTest {
  private static final byte[] OURS = MadeMedia.bytes("efi uefi");
  private static final int SMALL = 6 * OwnSticks.MIB;

  @TempDir private static Path shared;
  private static byte[] fat16 = {};
  private static byte[] fat32 = {};

  @TempDir private Path folder;
  private OwnSticks sticks;

  @BeforeAll
  static void makeSound() throws IOException {
    fat16 = sound(16);
    fat32 = sound(32);
  }

  /** Without the empty space at its end. */
  private static byte[] sound(int bits) throws IOException {
    OwnSticks sticks = new OwnSticks(shared);
    Path stick = sticks.with(sticks.bare("sound" + bits, bits, size(bits)), 0, OURS);
    return Arrays.copyOf(Files.readAllBytes(stick), 2 * OwnSticks.MIB);
  }

  @BeforeEach
  void begin() {
    sticks = new OwnSticks(folder);
  }

  private static int size(int bits) {
    return bits == 32 ? OwnSticks.FAT32 * OwnSticks.MIB : SMALL;
  }

  private static Medium read(Path stick) {
    try (ByteSource source = ByteSource.open(stick)) {
      return MediumReader.read(source);
    }
  }

  /** Found, decoded like the file alone, and lying where it is said to. */
  private static FoundFile assertFound(String where, Path stick) {
    Medium medium = read(stick);
    assertEquals(List.of(), medium.defects());
    assertEquals("efi", medium.kind());
    assertEquals(MadeMedia.SCRIPT.text(), medium.script().orElseThrow());
    assertEquals(OURS.length, medium.imageSize());
    assertEquals(Sha256.hex(OURS), medium.sha256().orElseThrow());
    FoundFile found = medium.found().orElseThrow();
    assertEquals("EFI/BOOT/BOOTX64.EFI in " + where, found.shown());
    assertArrayEquals(OURS, found.content());
    assertArrayEquals(OURS, bytesAt(stick, found.pieces()));
    return found;
  }

  private static byte[] bytesAt(Path stick, List<Extent> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (ByteSource source = ByteSource.open(stick)) {
      pieces.forEach(one -> all.writeBytes(source.read(one.offset(), (int) one.length())));
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"12, 2", "16, 6", "32, 40"})
  void withoutPartitions(int bits, int mib) {
    Path stick = sticks.with(sticks.bare("stick", bits, mib * OwnSticks.MIB), 0, OURS);
    FoundFile found = assertFound("FAT" + bits + ", label \"MINE\"", stick);
    assertEquals(0, found.partition());
    assertEquals(1, found.pieces().size());
    assertEquals(List.of(), read(stick).partitions());
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 16, 32})
  void inAnMbrPartition(int bits) {
    Path stick = sticks.with(sticks.mbr("stick", bits, 40 * OwnSticks.MIB), 1, OURS);
    assertFound("partition 1, FAT" + bits + ", label \"MINE\"", stick);
    assertEquals("FAT32", read(stick).partitions().get(0).type());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void inAGptPartition(int bits) {
    Path stick = sticks.with(sticks.gpt("stick", bits, 40 * OwnSticks.MIB), 2, OURS);
    assertFound("partition 2, FAT" + bits + ", label \"MINE\"", stick);
    assertEquals("EFI system \"mine\"", read(stick).partitions().get(0).type());
  }

  /** Of 64 GB no more is read than its beginning and what lies on the way to the file. */
  @Test
  void onAHugeStick() {
    Path stick = sticks.with(sticks.gpt("stick", 32, 64_000_000_000L), 2, OURS);
    assertFound("partition 2, FAT32, label \"MINE\"", stick);
    try (ByteSource source = ByteSource.open(stick)) {
      MediumReader.read(source);
      int read = ByteSource.BUDGET - source.read(0, ByteSource.BUDGET).length;
      assertTrue(read < (4 << 20) + OURS.length + 200_000, read + " bytes were read");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void inManyPieces(int bits) {
    Path stick = sticks.bare("stick", bits, size(bits));
    sticks.fragment(stick, size(bits));
    sticks.with(stick, 0, OURS);
    int pieces = assertFound("FAT" + bits + ", label \"MINE\"", stick).pieces().size();
    assertTrue(pieces > 2, pieces + " pieces");
  }

  @ParameterizedTest
  @CsvSource({"EFI/BOOT,bootx64.efi", "efi/boot,bootx64.efi", "Efi/Boot,BootX64.efi"})
  void inAnyCase(String directory, String name) {
    Path stick = sticks.with(sticks.bare("stick", 16, SMALL), 0, directory, name, OURS);
    assertFound("FAT16, label \"MINE\"", stick);
  }

  @Test
  void amongLongNames() {
    Path stick = sticks.mbr("stick", 32, 40 * OwnSticks.MIB);
    sticks.clutter(stick, 1);
    sticks.copy(stick, 1, "EFI/BOOT/bootx64.efi", OURS);
    assertFound("partition 1, FAT32, label \"MINE\"", stick);
  }

  /** As systems write it whose short names are serial numbers. */
  @Test
  void byItsLongNameAlone() throws IOException {
    Path stick = sticks.with(sticks.bare("stick", 16, SMALL), 0, "EFI/BOOT", "BootX64.efi", OURS);
    byte[] bytes = Files.readAllBytes(stick);
    int entry = find(bytes, "BOOTX64 EFI");
    assertEquals(0x0F, bytes[entry - 32 + 11]);
    byte[] other = "BOOTX6~1EFI".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(other, 0, bytes, entry, other.length);
    Files.write(stick, bytes);
    assertEquals(Medium.FOREIGN, read(stick).kind()); // the checksum is wrong
    int sum = 0;
    for (byte one : other) {
      sum = (((sum & 1) << 7) + (sum >> 1) + one) & 0xFF;
    }
    bytes[entry - 32 + 13] = (byte) sum;
    Files.write(stick, bytes);
    assertFound("FAT16, label \"MINE\"", stick);
  }

  private static int find(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  @Test
  void somebodysUefiFileStaysForeign() {
    Path stick = sticks.with(sticks.mbr("stick", 32, 40 * OwnSticks.MIB), 1, MadeMedia.CORE.efi());
    Medium medium = read(stick);
    assertEquals(Medium.FOREIGN, medium.kind());
    assertEquals(List.of(), medium.defects());
    assertTrue(
        medium
            .facts()
            .contains(
                new Medium.Fact(
                    "boots as a disk", "UEFI from EFI/BOOT/BOOTX64.EFI in partition 1")),
        medium.facts().toString());
  }

  /** The same file twice is no defect; which of two others starts, nobody knows. */
  @Test
  void inTwoPartitions() {
    Path stick = sticks.pair("stick");
    sticks.with(stick, 1, OURS);
    sticks.with(stick, 10, OURS);
    assertFound("partition 1, FAT12, label \"MINE\"", stick);
    byte[] other = OURS.clone();
    other[0x48] ^= 1; // the time stamp, which nothing reads
    Path mixed = sticks.pair("mixed");
    sticks.with(mixed, 1, OURS);
    sticks.with(mixed, 10, other);
    assertTrouble("in partition 2 is another one than that in partition 1", mixed);
  }

  @Test
  void aDamagedFileIsTold() {
    byte[] damaged = OURS.clone();
    damaged[OURS.length / 2] ^= 1;
    Path stick = sticks.with(sticks.bare("stick", 16, SMALL), 0, damaged);
    assertTrouble("UEFI part: EFI/BOOT/BOOTX64.EFI", stick);
    assertEquals(Medium.FOREIGN, read(stick).kind());
  }

  private static void assertTrouble(String says, Path stick) {
    List<Defect> defects = read(stick).defects();
    assertEquals(1, defects.size(), defects.toString());
    assertTrue(defects.get(0).says().contains(says), defects.toString());
  }

  /** Where the FAT and the directories of these lie is in their boot sectors. */
  @ParameterizedTest
  @CsvSource({
    // bits, from where on, offset, bytes, complaint
    "16, entry, 26, 0000, leads to 0",
    "16, entry, 26, 0100, leads to 1",
    "16, entry, 26, F0FF, leads to 65520",
    "16, entry, 28, FFFFFFFF, has 4294967295 bytes",
    "16, entry, 28, 00001000, bytes too early",
    "16, chain, 0, SELF, comes back to",
    "16, chain, 0, 0000, leads to 0",
    "16, folder, 26, 0000, leads to 0",
    "32, entry, 20, FF0F, leads to 268",
    "32, chain, 0, SELF, comes back to",
    "32, chain, 0, 00000000, leads to 0",
    "32, chain, 0, F7FFFF0F, leads to 268435447",
    "32, sector, 44, 00000000, leads to 0",
    "32, sector, 44, FFFFFF0F, leads to 268435455",
    "32, sector, 36, FFFFFFFF, no data sectors",
    "32, sector, 36, 01000000, cannot hold",
    "32, sector, 32, FFFFFFFF, cannot hold",
    "32, sector, 40, 8500, FAT 5 of 2 in use",
    "32, sector, 11, 0001, sectors of 256 bytes",
    "32, sector, 13, 00, 0 sectors a cluster",
    "32, sector, 14, 0000, no reserved sector",
    "32, sector, 16, 00, no FAT",
  })
  void brokenVolumes(int bits, String place, int offset, String bytes, String says)
      throws IOException {
    Path stick = folder.resolve("stick");
    BrokenStick broken = new BrokenStick(bits == 16 ? fat16 : fat32, bits);
    Files.write(stick, broken.with(place, offset, bytes));
    assertTrouble(says, stick);
  }

  /** A folder that is its own child, and one without an end, are gone through once. */
  @Test
  void endlessFolders() throws IOException {
    Path stick = folder.resolve("stick");
    Files.write(stick, new BrokenStick(fat32, 32).withEndlessRoot());
    assertTrouble("comes back to", stick);
  }

  @Test
  void whatIsCutShortSaysSo() throws IOException {
    Path stick = sticks.with(sticks.bare("stick", 16, SMALL), 0, OURS);
    try (RandomAccessFile file = new RandomAccessFile(stick.toFile(), "rw")) {
      file.setLength(300_000);
    }
    assertTrouble("cut short", stick);
  }
}
