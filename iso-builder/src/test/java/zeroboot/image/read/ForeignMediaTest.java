package zeroboot.image.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LinuxKernel;

/** Media by other makers: each says what it is. */
class ForeignMediaTest {
  @TempDir private Path folder;

  private static Medium read(Path file) {
    try (ByteSource source = ByteSource.open(file)) {
      Medium medium = MediumReader.read(source);
      assertEquals(Medium.FOREIGN, medium.kind());
      assertTrue(medium.firmware().isEmpty());
      return medium;
    }
  }

  private static List<String> facts(Path file) {
    return read(file).facts().stream().map(f -> f.label() + ": " + f.text()).toList();
  }

  @Test
  void isoByXorriso() throws IOException {
    List<String> facts = facts(ForeignMedia.iso(folder));
    assertTrue(facts.contains("type: ISO 9660 image"), facts.toString());
    assertTrue(facts.contains("volume: SOMEBODYS"), facts.toString());
    assertTrue(
        facts.toString().matches(".*boots as a CD: BIOS at block \\d+, 4 sectors.*"),
        facts.toString());
    assertTrue(
        facts.toString().matches(".*boots as a CD: UEFI at block \\d+, 128 sectors.*"),
        facts.toString());
  }

  /** As Debian's: boots from a stick as well, and shows its UEFI image as a partition. */
  @Test
  void hybridIsoByXorriso() {
    Path iso = ForeignMedia.hybridIso(folder);
    List<String> facts = facts(iso);
    assertTrue(facts.contains("type: ISO 9660 image"), facts.toString());
    assertTrue(facts.contains("boots as a disk: BIOS from sector 0, ISOLINUX"), facts.toString());
    assertTrue(
        facts.toString().matches(".*boots as a CD: BIOS at block \\d+, 4 sectors, ISOLINUX.*"),
        facts.toString());
    assertTrue(
        read(iso).partitions().stream().anyMatch(one -> one.type().equals("EFI system")),
        read(iso).partitions().toString());
  }

  /** mtools fakes a partition table that says the volume is a partition of itself. */
  @Test
  void stickWithoutPartitionsBySyslinux() {
    Path stick = ForeignMedia.fatStick(folder);
    assertEquals(
        List.of(
            "file system: FAT12, label \"PLAIN\"", "boots as a disk: BIOS from sector 0, SYSLINUX"),
        facts(stick));
    assertEquals(List.of(), read(stick).partitions());
  }

  /** Its signature lies beyond what is read of large files at first. */
  @Test
  void signedKernelOfADistribution() {
    List<String> facts = facts(LinuxKernel.require());
    assertTrue(facts.contains("type: PE image for x86-64"), facts.toString());
    assertTrue(facts.stream().anyMatch(f -> f.startsWith("signed by: CN=")), facts.toString());
    assertEquals(List.of(), read(LinuxKernel.require()).defects());
  }

  @Test
  void mbrBySfdiskWithFatByMkfs() throws IOException {
    Path disk = ForeignMedia.mbr(folder);
    Medium medium = read(disk);
    assertEquals(
        new MediumPartition(1, "FAT32", false, true, 1 << 20, 4 << 20), medium.partitions().get(0));
    List<String> facts = facts(disk);
    assertTrue(facts.contains("partition table: MBR, disk 1234abcd"), facts.toString());
    assertTrue(facts.contains("partition 1: FAT12, label \"DATA\""), facts.toString());
  }

  @Test
  void gptBySfdisk() throws IOException {
    assertEquals(
        List.of(new MediumPartition(1, "EFI system \"boot\"", true, false, 1 << 20, 2 << 20)),
        read(ForeignMedia.gpt(folder)).partitions());
  }

  /** The signer is named by the certificate that the tool made. */
  @Test
  void uefiFileSignedBySbsign() throws IOException {
    Path core = Files.write(folder.resolve("core.efi"), MadeMedia.CORE.efi());
    assertEquals(List.of("type: PE image for x86-64", "signed by: nobody"), facts(core));
    Path signed = ForeignMedia.signedEfi(folder);
    assertTrue(facts(signed).contains("signed by: CN=somebody"), facts(signed).toString());
  }

  @Test
  void linuxKernelAndCompressedFiles() throws IOException {
    Path lkrn = Files.write(folder.resolve("ipxe.lkrn"), MadeMedia.CORE.lkrn());
    assertTrue(
        facts(lkrn).contains("version: " + MadeMedia.CORE.version()), facts(lkrn).toString());
    ForeignTool.require("gzip").run("-k", lkrn.toString()).ok();
    assertEquals(List.of("type: gzip-compressed data"), facts(Path.of(lkrn + ".gz")));
    ForeignTool.require("xz").run("-k", lkrn.toString()).ok();
    assertEquals(List.of("type: xz-compressed data"), facts(Path.of(lkrn + ".xz")));
  }

  /** However large a disk is: only its beginning is read. */
  @Test
  void aHugeDiskIsNotReadThrough() throws IOException {
    Path disk = ForeignMedia.sfdisk(folder.resolve("disk"), "label: dos\nstart=2048,type=83\n");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(1L << 42);
    }
    Medium medium = read(disk);
    assertEquals(1L << 42, medium.size());
    assertTrue(medium.sha256().isEmpty());
    try (ByteSource source = ByteSource.open(disk)) {
      int read = 0;
      for (int n = 1; n > 0; read += n) {
        n = source.read(read, 1 << 20).length;
      }
      assertEquals(ByteSource.BUDGET, read);
    }
  }
}
