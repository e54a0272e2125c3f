package zeroboot.image.fat;

import zeroboot.image.bytes.SpecReader;

/** The three FAT file systems, told apart by how many bits a link has. */
enum FatType {
  FAT12(12),
  FAT16(16),
  FAT32(32);

  /** Links of FAT32 have 28 bits; the upper four are kept for others (section 4.1). */
  private static final long FAT32_MASK = 0x0FFF_FFFF;

  private final int bits;

  FatType(int bits) {
    this.bits = bits;
  }

  /** Bytes that hold the links of so many clusters, the two reserved ones included. */
  long bytesFor(long clusters) {
    return ((clusters + FatBootSector.FIRST_CLUSTER) * bits + 7) / 8;
  }

  /** Where the link of a cluster stands, in bytes from the start of the FAT. */
  long offsetOf(long cluster) {
    return cluster * bits / 8;
  }

  /** Bytes to read there. */
  int width() {
    return this == FAT32 ? 4 : 2;
  }

  /** The link of a cluster, at the start of {@code r}. */
  long link(SpecReader r, long cluster) {
    return switch (this) {
      case FAT12 -> cluster % 2 == 0 ? r.le16(0) & 0xFFF : r.le16(0) >> 4;
      case FAT16 -> r.le16(0);
      case FAT32 -> r.le32(0) & FAT32_MASK;
    };
  }

  /** Whether a link ends its chain. */
  boolean isEnd(long link) {
    return switch (this) {
      case FAT12 -> link >= 0xFF8;
      case FAT16 -> link >= 0xFFF8;
      case FAT32 -> link >= 0x0FFF_FFF8;
    };
  }
}
