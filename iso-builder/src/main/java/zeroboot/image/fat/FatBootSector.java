package zeroboot.image.fat;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.image.mbr.ChsAddress;

/**
 * Boot sector of a FAT12 volume with its BIOS parameter block, 512 bytes (FAT specification
 * sections 3.1 and 3.2). Sectors are of 512 bytes.
 *
 * @param sectorsPerCluster a power of two
 * @param reservedSectors sectors before the first FAT, this one included
 * @param fats copies of the FAT
 * @param rootEntries size of the root directory in entries of 32 bytes, a multiple of 16
 * @param totalSectors of the volume
 * @param media media type, 0xF8 for a fixed disk; also the low byte of FAT entry 0
 * @param sectorsPerFat of one FAT
 * @param hiddenSectors sectors of the disk before the volume
 * @param volumeId serial number, 32 bits
 * @param label volume label without the spaces that fill its 11 bytes
 */
public record FatBootSector(
    int sectorsPerCluster,
    int reservedSectors,
    int fats,
    int rootEntries,
    int totalSectors,
    int media,
    int sectorsPerFat,
    long hiddenSectors,
    long volumeId,
    String label) {
  /** Size of a sector, and of this structure. */
  public static final int SECTOR = 512;

  /** A volume with this many clusters or more is FAT16 (section 3.5). */
  static final int FAT16_CLUSTERS = 4085;

  /** Data clusters count from here. */
  static final int FIRST_CLUSTER = 2;

  private static final int JUMP_TARGET = 62;

  /** Where the first FAT begins, in bytes from the start of the volume. */
  int fatOffset() {
    return reservedSectors * SECTOR;
  }

  /** Where the root directory begins, in bytes. */
  int rootOffset() {
    return (reservedSectors + fats * sectorsPerFat) * SECTOR;
  }

  /** Where cluster 2 begins, in bytes. */
  int dataOffset() {
    return rootOffset() + rootEntries * DirectoryEntry.BYTES;
  }

  /** Where a cluster begins, in bytes. */
  long offsetOf(int cluster) {
    return dataOffset() + (long) (cluster - FIRST_CLUSTER) * clusterBytes();
  }

  int clusterBytes() {
    return sectorsPerCluster * SECTOR;
  }

  /** Number of data clusters; it alone decides that this is FAT12 (section 3.5). */
  int clusterCount() {
    return (totalSectors - dataOffset() / SECTOR) / sectorsPerCluster;
  }

  /** Size of the volume, in bytes. */
  public long size() {
    return (long) totalSectors * SECTOR;
  }

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(SECTOR);
    w.at(0).u8(0xEB).u8(JUMP_TARGET - 2).u8(0x90); // BS_jmpBoot
    w.at(3).ascii("MSWIN4.1"); // BS_OEMName: the one that the specification recommends
    w.at(11).le16(SECTOR); // BPB_BytsPerSec
    w.at(13).u8(sectorsPerCluster); // BPB_SecPerClus
    w.at(14).le16(reservedSectors); // BPB_RsvdSecCnt
    w.at(16).u8(fats); // BPB_NumFATs
    w.at(17).le16(rootEntries); // BPB_RootEntCnt
    w.at(19).le16(totalSectors); // BPB_TotSec16
    w.at(21).u8(media); // BPB_Media
    w.at(22).le16(sectorsPerFat); // BPB_FATSz16
    w.at(24).le16(ChsAddress.SECTORS_PER_TRACK); // BPB_SecPerTrk
    w.at(26).le16(ChsAddress.HEADS); // BPB_NumHeads
    w.at(28).le32(hiddenSectors); // BPB_HiddSec
    w.at(32).le32(0); // BPB_TotSec32: BPB_TotSec16 holds it
    w.at(36).u8(0x80); // BS_DrvNum: a hard disk
    w.at(37).u8(0); // BS_Reserved1
    w.at(38).u8(0x29); // BS_BootSig: the next three fields are present
    w.at(39).le32(volumeId); // BS_VolID
    w.at(43).spacePadded(label, 11); // BS_VolLab
    w.at(54).spacePadded("FAT12", 8); // BS_FilSysType
    w.at(JUMP_TARGET).u8(0xCD).u8(0x18); // int 18h: not bootable from here, next device please
    w.u8(0xF4).u8(0xEB).u8(0xFD); // hlt, again
    w.zerosTo(510);
    w.at(510).le16(0xAA55); // Signature_word
    return w.endsAt(SECTOR);
  }

  /**
   * Reads the boot sector of {@code volume}.
   *
   * @throws zeroboot.ground.ZbootException if it is not FAT12, contradicts itself, or if the volume
   *     is cut short
   */
  static FatBootSector read(SpecReader volume) {
    SpecReader r = volume.part("FAT boot sector", 0, SECTOR);
    r.require(r.le16(510) == 0xAA55, "no 55 AA at its end");
    r.require(r.u8(0) == 0xEB || r.u8(0) == 0xE9, "does not begin with a jump");
    r.require(r.le16(11) == SECTOR, "sectors of " + r.le16(11) + " bytes, 512 expected");
    boolean extended = r.u8(38) == 0x29;
    FatBootSector sector =
        new FatBootSector(
            r.u8(13),
            r.le16(14),
            r.u8(16),
            r.le16(17),
            (int) Math.min(Integer.MAX_VALUE, r.le16(19) != 0 ? r.le16(19) : r.le32(32)),
            r.u8(21),
            r.le16(22),
            r.le32(28),
            extended ? r.le32(39) : 0,
            extended ? r.spacePadded(43, 11) : "");
    sector.check(r, volume.size());
    return sector;
  }

  private void check(SpecReader r, long available) {
    r.require(Integer.bitCount(sectorsPerCluster) == 1, sectorsPerCluster + " sectors a cluster");
    r.require(reservedSectors > 0, "no reserved sector");
    r.require(fats > 0, "no FAT");
    r.require(sectorsPerFat > 0, "no 16-bit FAT size, so not FAT12");
    r.require(rootEntries > 0 && rootEntries % 16 == 0, rootEntries + " root entries");
    r.require(media == 0xF0 || media >= 0xF8, "media type " + media);
    r.require(totalSectors > dataOffset() / SECTOR, "no data sectors");
    r.require(clusterCount() < FAT16_CLUSTERS, clusterCount() + " clusters, so not FAT12");
    int fatBytes = sectorsPerFat * SECTOR;
    r.require(
        FatTable.bytesFor(clusterCount()) <= fatBytes,
        "a FAT of " + fatBytes + " bytes cannot hold " + clusterCount() + " clusters");
    r.require(size() <= available, "the volume has " + size() + " bytes, the image " + available);
  }
}
