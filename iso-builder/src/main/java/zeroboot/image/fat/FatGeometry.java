package zeroboot.image.fat;

import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;

/**
 * Where the parts of somebody's FAT volume lie, of any of the three kinds (FAT specification
 * sections 3.1 to 3.5). All offsets are in bytes from the start of the volume.
 *
 * @param type what a link looks like
 * @param fatOffset the FAT in use
 * @param rootOffset the root directory of FAT12 and FAT16
 * @param rootBytes its size; 0 in FAT32, whose root directory is a chain of clusters
 * @param rootCluster where that chain begins; 0 in FAT12 and FAT16
 * @param dataOffset cluster 2
 * @param clusterBytes size of a cluster
 * @param clusterCount data clusters, which count from 2
 */
record FatGeometry(
    FatType type,
    long fatOffset,
    long rootOffset,
    int rootBytes,
    long rootCluster,
    long dataOffset,
    int clusterBytes,
    long clusterCount) {
  private static final int LARGEST_SECTOR = 4096;
  private static final int NOT_MIRRORED = 0x80;

  /** Where a cluster begins. */
  long offsetOf(long cluster) {
    return dataOffset + (cluster - FatBootSector.FIRST_CLUSTER) * clusterBytes;
  }

  /** Whether there is a cluster of this number. */
  boolean holds(long cluster) {
    return cluster >= FatBootSector.FIRST_CLUSTER
        && cluster < clusterCount + FatBootSector.FIRST_CLUSTER;
  }

  /**
   * Reads a boot sector.
   *
   * @throws zeroboot.ground.ZbootException if it is that of no FAT volume, or contradicts itself
   */
  static FatGeometry read(SpecReader r) {
    r.require(r.le16(510) == 0xAA55, "no 55 AA at its end");
    r.require(r.u8(0) == 0xEB || r.u8(0) == 0xE9, "does not begin with a jump");
    int sector = r.le16(11); // BPB_BytsPerSec
    r.require(
        Integer.bitCount(sector) == 1 && sector >= FatBootSector.SECTOR && sector <= LARGEST_SECTOR,
        "sectors of " + sector + " bytes");
    int sectorsPerCluster = r.u8(13); // BPB_SecPerClus
    r.require(Integer.bitCount(sectorsPerCluster) == 1, sectorsPerCluster + " sectors a cluster");
    long reserved = r.le16(14); // BPB_RsvdSecCnt
    r.require(reserved > 0, "no reserved sector");
    int fats = r.u8(16); // BPB_NumFATs
    r.require(fats > 0, "no FAT");
    int rootBytes = r.le16(17) * DirectoryEntry.BYTES; // BPB_RootEntCnt
    long total = r.le16(19) != 0 ? r.le16(19) : r.le32(32); // BPB_TotSec16, BPB_TotSec32
    boolean fat32 = r.le16(22) == 0; // BPB_FATSz16; firmware and systems decide by it
    long sectorsPerFat = fat32 ? r.le32(36) : r.le16(22); // BPB_FATSz32
    r.require(sectorsPerFat > 0, "a FAT of no size");
    long root = reserved + fats * sectorsPerFat;
    long data = root + Units.count(rootBytes, sector);
    r.require(total > data, "no data sectors");
    long clusters = (total - data) / sectorsPerCluster;
    FatType type = type(fat32, clusters);
    r.require(
        type.bytesFor(clusters) <= sectorsPerFat * sector,
        "a FAT of " + sectorsPerFat + " sectors cannot hold " + clusters + " clusters");
    int flags = fat32 ? r.le16(40) : 0; // BPB_ExtFlags
    long active = (flags & NOT_MIRRORED) != 0 ? flags & 0xF : 0;
    r.require(active < fats, "FAT " + active + " of " + fats + " in use");
    return new FatGeometry(
        type,
        (reserved + active * sectorsPerFat) * sector,
        root * sector,
        rootBytes,
        fat32 ? r.le32(44) : 0, // BPB_RootClus
        data * sector,
        sectorsPerCluster * sector,
        clusters);
  }

  private static FatType type(boolean fat32, long clusters) {
    if (fat32) {
      return FatType.FAT32;
    }
    return clusters < FatBootSector.FAT16_CLUSTERS ? FatType.FAT12 : FatType.FAT16;
  }
}
