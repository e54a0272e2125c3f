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
  /** Of FAT32 alone, which zboot does not make (section 3.3). */
  private static final int SECTORS_PER_FAT_32 = 36;

  private static final int FLAGS = 40;
  private static final int ROOT_CLUSTER = 44;

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
    FatBootSector.requireMarks(r);
    int sector = r.le16(FatBootSector.BYTES_PER_SECTOR);
    r.require(
        Integer.bitCount(sector) == 1 && sector >= Units.SECTOR && sector <= LARGEST_SECTOR,
        "sectors of " + sector + " bytes");
    int sectorsPerCluster = r.u8(FatBootSector.SECTORS_PER_CLUSTER);
    r.require(Integer.bitCount(sectorsPerCluster) == 1, sectorsPerCluster + " sectors a cluster");
    long reserved = r.le16(FatBootSector.RESERVED_SECTORS);
    r.require(reserved > 0, "no reserved sector");
    int fats = r.u8(FatBootSector.FATS);
    r.require(fats > 0, "no FAT");
    int rootBytes = r.le16(FatBootSector.ROOT_ENTRIES) * DirectoryEntry.BYTES;
    long total = FatBootSector.totalSectors(r);
    int sectorsPerFat16 = r.le16(FatBootSector.SECTORS_PER_FAT_16);
    boolean fat32 = sectorsPerFat16 == 0; // firmware and systems decide by it
    long sectorsPerFat = fat32 ? r.le32(SECTORS_PER_FAT_32) : sectorsPerFat16;
    r.require(sectorsPerFat > 0, "a FAT of no size");
    long root = reserved + fats * sectorsPerFat;
    long data = root + Units.count(rootBytes, sector);
    r.require(total > data, "no data sectors");
    long clusters = (total - data) / sectorsPerCluster;
    FatType type = type(fat32, clusters);
    r.require(
        type.bytesFor(clusters) <= sectorsPerFat * sector,
        "a FAT of " + sectorsPerFat + " sectors cannot hold " + clusters + " clusters");
    int flags = fat32 ? r.le16(FLAGS) : 0;
    long active = (flags & NOT_MIRRORED) != 0 ? flags & 0xF : 0;
    r.require(active < fats, "FAT " + active + " of " + fats + " in use");
    return new FatGeometry(
        type,
        (reserved + active * sectorsPerFat) * sector,
        root * sector,
        rootBytes,
        fat32 ? r.le32(ROOT_CLUSTER) : 0,
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
