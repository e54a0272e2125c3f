package zeroboot.image.fat;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * One entry of a directory, 32 bytes (FAT specification section 6).
 *
 * @param name {@code README.TXT}, a volume label, {@code .} or {@code ..}
 * @param attributes {@link #DIRECTORY}, {@link #ARCHIVE}, …
 * @param firstCluster 0 for an empty file and for the root directory
 * @param size in bytes, 0 for a directory
 */
record DirectoryEntry(String name, int attributes, int firstCluster, long size) {
  /** Size on disk. */
  static final int BYTES = 32;

  static final int VOLUME_ID = 0x08;
  static final int DIRECTORY = 0x10;
  static final int ARCHIVE = 0x20;

  /** Part of a long name, which is not read: read-only, hidden, system and volume ID at once. */
  static final int LONG_NAME = 0x0F;

  private static final int ATTRIBUTES = 11;
  private static final int CLUSTER_HIGH = 20;
  private static final int CLUSTER_LOW = 26;
  private static final int FILE_SIZE = 28;

  private static final int NAME_BYTES = 8;
  private static final int EXTENSION_BYTES = 3;

  /** Images are the same whenever they are made: 1 January 1980, the first date there is. */
  private static final int DATE = 1 << 5 | 1;

  boolean isDirectory() {
    return (attributes & DIRECTORY) != 0;
  }

  boolean isVolumeLabel() {
    return (attributes & VOLUME_ID) != 0;
  }

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(BYTES);
    w.at(0);
    writeName(w); // DIR_Name, section 6.1
    w.at(ATTRIBUTES).u8(attributes); // DIR_Attr, section 6.2
    w.at(12).u8(0); // DIR_NTRes
    w.at(13).u8(0); // DIR_CrtTimeTenth
    w.at(14).le16(0); // DIR_CrtTime
    w.at(16).le16(DATE); // DIR_CrtDate
    w.at(18).le16(DATE); // DIR_LstAccDate
    w.at(CLUSTER_HIGH).le16(0); // DIR_FstClusHI: FAT32 only
    w.at(22).le16(0); // DIR_WrtTime
    w.at(24).le16(DATE); // DIR_WrtDate
    w.at(CLUSTER_LOW).le16(firstCluster); // DIR_FstClusLO
    w.at(FILE_SIZE).le32(size); // DIR_FileSize
    return w.endsAt(BYTES);
  }

  private void writeName(SpecWriter w) {
    int dot = name.lastIndexOf('.');
    if (isVolumeLabel() || dot <= 0 || name.equals("..")) {
      w.spacePadded(name, NAME_BYTES + EXTENSION_BYTES);
    } else {
      w.spacePadded(name.substring(0, dot), NAME_BYTES);
      w.spacePadded(name.substring(dot + 1), EXTENSION_BYTES);
    }
  }

  /** Reads an entry that is in use. */
  static DirectoryEntry read(SpecReader r) {
    int attributes = r.u8(ATTRIBUTES);
    String name = r.spacePadded(0, NAME_BYTES);
    String extension = r.spacePadded(NAME_BYTES, EXTENSION_BYTES);
    if ((attributes & VOLUME_ID) != 0) {
      name = r.spacePadded(0, NAME_BYTES + EXTENSION_BYTES);
    } else if (!extension.isEmpty()) {
      name += "." + extension;
    }
    return new DirectoryEntry(name, attributes, r.le16(CLUSTER_LOW), r.le32(FILE_SIZE));
  }

  /** Whether the entry at {@code r} ends its directory (section 6.1). */
  static boolean isEnd(SpecReader r) {
    return r.u8(0) == 0;
  }

  /** Whether the entry at {@code r} is of a file that was deleted. */
  static boolean isFree(SpecReader r) {
    return r.u8(0) == 0xE5;
  }

  /** Where a file begins, in FAT32, which has more clusters than the others. */
  static long wideCluster(SpecReader r) {
    return (long) r.le16(CLUSTER_HIGH) << 16 | r.le16(CLUSTER_LOW);
  }

  /** Whether the entry at {@code r} is free, or holds a part of a long name. */
  static boolean isSkipped(SpecReader r) {
    return isFree(r) || (r.u8(ATTRIBUTES) & LONG_NAME) == LONG_NAME;
  }
}
