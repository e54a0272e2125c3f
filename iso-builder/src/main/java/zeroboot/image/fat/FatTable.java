package zeroboot.image.fat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;

/**
 * The file allocation table: for each cluster the next one of its file. Entries of FAT12 have 12
 * bits, two of them share three bytes (FAT specification section 4.1).
 */
final class FatTable {
  private static final int END_OF_CHAIN = 0xFFF;
  private static final int FIRST_END_OF_CHAIN = 0xFF8;

  private final int[] entries;

  /** A table where every cluster is free. */
  FatTable(int clusterCount, int media) {
    entries = new int[clusterCount + FatBootSector.FIRST_CLUSTER];
    entries[0] = 0xF00 | media; // FAT[0], section 4.4
    entries[1] = END_OF_CHAIN; // FAT[1]
  }

  /** Bytes that the table takes, before they are rounded up to sectors. */
  static int bytesFor(int clusterCount) {
    return ((clusterCount + FatBootSector.FIRST_CLUSTER) * 3 + 1) / 2;
  }

  /** Chains {@code count} clusters from {@code first} on, in ascending order. */
  void chain(int first, int count) {
    for (int cluster = first; cluster < first + count; cluster++) {
      entries[cluster] = cluster + 1 < first + count ? cluster + 1 : END_OF_CHAIN;
    }
  }

  /** The table on disk, filled up with zero bytes. */
  byte[] toBytes(int sectors) {
    byte[] bytes = new byte[sectors * Units.SECTOR];
    for (int n = 0; n < entries.length; n++) {
      int at = n + n / 2;
      int shifted = n % 2 == 0 ? entries[n] : entries[n] << 4;
      bytes[at] |= (byte) shifted;
      bytes[at + 1] |= (byte) (shifted >> 8);
    }
    return bytes;
  }

  /** Reads the table at the start of {@code r}. */
  static FatTable read(SpecReader r, int clusterCount, int media) {
    FatTable table = new FatTable(clusterCount, media);
    for (int n = 0; n < table.entries.length; n++) {
      int pair = r.le16(n + n / 2);
      table.entries[n] = n % 2 == 0 ? pair & 0xFFF : pair >> 4;
    }
    return table;
  }

  /**
   * The clusters of the file that begins at {@code first}. Each cluster belongs to one file only,
   * which also ends every cycle.
   *
   * @param taken clusters of the files read so far; this one's are added
   */
  List<Integer> follow(int first, BitSet taken, SpecReader volume) {
    List<Integer> clusters = new ArrayList<>();
    for (int cluster = first; cluster < FIRST_END_OF_CHAIN; cluster = entries[cluster]) {
      volume.require(
          cluster >= FatBootSector.FIRST_CLUSTER && cluster < entries.length,
          "a cluster chain leads to " + cluster);
      volume.require(!taken.get(cluster), "cluster " + cluster + " is used twice");
      taken.set(cluster);
      clusters.add(cluster);
    }
    return clusters;
  }
}
