package zeroboot.image.fat;

import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.image.mbr.ChsAddress;
import zeroboot.image.mbr.MasterBootRecord;

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
  /** A volume with this many clusters or more is FAT16 (section 3.5). */
  static final int FAT16_CLUSTERS = 4085;

  /** Data clusters count from here. */
  static final int FIRST_CLUSTER = 2;

  static final int OEM_NAME = 3;
  static final int BYTES_PER_SECTOR = 11;
  static final int SECTORS_PER_CLUSTER = 13;
  static final int RESERVED_SECTORS = 14;
  static final int FATS = 16;
  static final int ROOT_ENTRIES = 17;
  static final int SECTORS_PER_FAT_16 = 22;
  static final int LABEL = 43;
  static final int LABEL_BYTES = 11;
  static final int TYPE = 54;
  static final int TYPE_BYTES = 8;

  private static final int TOTAL_SECTORS_16 = 19;
  private static final int MEDIA = 21;
  private static final int HIDDEN_SECTORS = 28;
  private static final int TOTAL_SECTORS_32 = 32;
  private static final int BOOT_SIGNATURE = 38;
  private static final int VOLUME_ID = 39;
  private static final int JUMP_TARGET = 62;
  private static final int SIGNATURE_WORD = 510;

  /** BS_BootSig: volume ID, label and type are there. */
  private static final int EXTENDED = 0x29;

  private static final String FAT12 = "FAT12";

  /** Where the first FAT begins, in bytes from the start of the volume. */
  int fatOffset() {
    return reservedSectors * Units.SECTOR;
  }

  /** Where the root directory begins, in bytes. */
  int rootOffset() {
    return (reservedSectors + fats * sectorsPerFat) * Units.SECTOR;
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
    return sectorsPerCluster * Units.SECTOR;
  }

  /** Number of data clusters; it alone decides that this is FAT12 (section 3.5). */
  int clusterCount() {
    return (totalSectors - dataOffset() / Units.SECTOR) / sectorsPerCluster;
  }

  /** Size of the volume, in bytes. */
  public long size() {
    return (long) totalSectors * Units.SECTOR;
  }

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(Units.SECTOR);
    w.at(0).u8(0xEB).u8(JUMP_TARGET - 2).u8(0x90); // BS_jmpBoot
    w.at(OEM_NAME).ascii("MSWIN4.1"); // BS_OEMName: the one that the specification recommends
    w.at(BYTES_PER_SECTOR).le16(Units.SECTOR); // BPB_BytsPerSec
    w.at(SECTORS_PER_CLUSTER).u8(sectorsPerCluster); // BPB_SecPerClus
    w.at(RESERVED_SECTORS).le16(reservedSectors); // BPB_RsvdSecCnt
    w.at(FATS).u8(fats); // BPB_NumFATs
    w.at(ROOT_ENTRIES).le16(rootEntries); // BPB_RootEntCnt
    w.at(TOTAL_SECTORS_16).le16(totalSectors); // BPB_TotSec16
    w.at(MEDIA).u8(media); // BPB_Media
    w.at(SECTORS_PER_FAT_16).le16(sectorsPerFat); // BPB_FATSz16
    w.at(24).le16(ChsAddress.SECTORS_PER_TRACK); // BPB_SecPerTrk
    w.at(26).le16(ChsAddress.HEADS); // BPB_NumHeads
    w.at(HIDDEN_SECTORS).le32(hiddenSectors); // BPB_HiddSec
    w.at(TOTAL_SECTORS_32).le32(0); // BPB_TotSec32: BPB_TotSec16 holds it
    w.at(36).u8(0x80); // BS_DrvNum: a hard disk
    w.at(37).u8(0); // BS_Reserved1
    w.at(BOOT_SIGNATURE).u8(EXTENDED); // BS_BootSig: the next three fields are present
    w.at(VOLUME_ID).le32(volumeId); // BS_VolID
    w.at(LABEL).spacePadded(label, LABEL_BYTES); // BS_VolLab
    w.at(TYPE).spacePadded(FAT12, TYPE_BYTES); // BS_FilSysType
    w.at(JUMP_TARGET).u8(0xCD).u8(0x18); // int 18h: not bootable from here, next device please
    w.u8(0xF4).u8(0xEB).u8(0xFD); // hlt, again
    w.zerosTo(SIGNATURE_WORD);
    w.at(SIGNATURE_WORD).le16(0xAA55); // Signature_word
    return w.endsAt(Units.SECTOR);
  }

  /**
   * Reads the boot sector of {@code volume}.
   *
   * @throws zeroboot.ground.ZbootException if it is not FAT12, contradicts itself, or if the volume
   *     is cut short
   */
  static FatBootSector read(SpecReader volume) {
    SpecReader r = volume.part("FAT boot sector", 0, Units.SECTOR);
    requireMarks(r);
    r.require(
        r.le16(BYTES_PER_SECTOR) == Units.SECTOR,
        "sectors of " + r.le16(BYTES_PER_SECTOR) + " bytes, 512 expected");
    r.require(r.le16(SECTORS_PER_FAT_16) > 0, "no 16-bit FAT size, so not FAT12");
    FatGeometry geometry = FatGeometry.read(r);
    r.require(
        geometry.type() == FatType.FAT12, geometry.clusterCount() + " clusters, so not FAT12");
    boolean extended = r.u8(BOOT_SIGNATURE) == EXTENDED;
    FatBootSector sector =
        new FatBootSector(
            r.u8(SECTORS_PER_CLUSTER),
            r.le16(RESERVED_SECTORS),
            r.u8(FATS),
            r.le16(ROOT_ENTRIES),
            (int) totalSectors(r),
            r.u8(MEDIA),
            r.le16(SECTORS_PER_FAT_16),
            r.le32(HIDDEN_SECTORS),
            extended ? r.le32(VOLUME_ID) : 0,
            extended ? r.spacePadded(LABEL, LABEL_BYTES) : "");
    sector.check(r, volume.size());
    return sector;
  }

  /** Requires what every boot sector begins and ends with. */
  static void requireMarks(SpecReader r) {
    r.require(MasterBootRecord.isMarked(r), "no 55 AA at its end");
    r.require(r.u8(0) == 0xEB || r.u8(0) == 0xE9, "does not begin with a jump");
  }

  /** BPB_TotSec16, or BPB_TotSec32 where that is too small. */
  static long totalSectors(SpecReader r) {
    return r.le16(TOTAL_SECTORS_16) != 0 ? r.le16(TOTAL_SECTORS_16) : r.le32(TOTAL_SECTORS_32);
  }

  /** Whether {@code volume} says that it is FAT12 and has this label, even if it is damaged. */
  public static boolean isNamed(SpecReader volume, String label) {
    return volume.spacePadded(LABEL, LABEL_BYTES).equals(label)
        && volume.spacePadded(TYPE, TYPE_BYTES).equals(FAT12);
  }

  private void check(SpecReader r, long available) {
    r.require(rootEntries > 0 && rootEntries % 16 == 0, rootEntries + " root entries");
    r.require(media == 0xF0 || media >= 0xF8, "media type " + media);
    r.require(size() <= available, "the volume has " + size() + " bytes, the image " + available);
  }
}
