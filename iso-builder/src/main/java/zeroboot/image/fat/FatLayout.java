package zeroboot.image.fat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.FileTree;

/**
 * Where everything lies in the smallest FAT12 volume for a tree of files. Folders come first, then
 * the files, each in one run of clusters, in the tree's order; no cluster stays free.
 *
 * @param bootSector geometry and names
 * @param folders first cluster of each folder but the root
 * @param files where each file's bytes lie, from the start of the volume
 */
public record FatLayout(
    FatBootSector bootSector, Map<String, Run> folders, Map<String, Run> files) {
  private static final int LARGEST_CLUSTER_SECTORS = 64;
  private static final int RESERVED_SECTORS = 1;

  /** One would do, but firmware and systems are tried with two (section 3.1, BPB_NumFATs). */
  private static final int FATS = 2;

  private static final int ENTRIES_PER_SECTOR = Units.SECTOR / DirectoryEntry.BYTES;
  private static final int FIXED_DISK = 0xF8;

  /**
   * A run of clusters.
   *
   * @param firstCluster 0 if there is none
   * @param clusterCount 0 for an empty file
   */
  public record Run(int firstCluster, int clusterCount) {}

  /**
   * What a volume is called and where it goes.
   *
   * @param label volume label, at most 11 characters
   * @param serial volume ID, 32 bits
   * @param startSector sectors of 512 bytes on the disk before the volume
   */
  public record Identity(String label, long serial, long startSector) {}

  /**
   * Plans a volume.
   *
   * @param alignment in bytes, a power of two from 512 up: every file starts at a multiple of it,
   *     and the volume's size is one
   * @throws ZbootException if FAT12 cannot hold the tree
   */
  public static FatLayout plan(FileTree tree, Identity identity, int alignment) {
    Optional<FatLayout> smallest = Optional.empty();
    // Larger clusters first, and of equal volumes the first: fewer links to follow.
    for (int sectors = LARGEST_CLUSTER_SECTORS; sectors * Units.SECTOR >= alignment; sectors /= 2) {
      FatLayout candidate = new Planner(tree, sectors).plan(identity, alignment);
      boolean fits =
          candidate.bootSector.clusterCount() < FatBootSector.FAT16_CLUSTERS
              && candidate.bootSector.totalSectors() <= 0xFFFF;
      if (fits && smallest.stream().allMatch(best -> candidate.size() < best.size())) {
        smallest = Optional.of(candidate);
      }
    }
    return smallest.orElseThrow(
        () ->
            ZbootException.settings(
                "FAT file system", "more files than FAT12 can hold", "leave some out"));
  }

  /** Size of the volume, in bytes. */
  public long size() {
    return bootSector.size();
  }

  /** Size of the volume, in sectors of 512 bytes. */
  public int sectors() {
    return bootSector.totalSectors();
  }

  /**
   * Where a file's bytes lie, from the start of the volume.
   *
   * @param length of the file
   */
  public Extent extentOf(String path, long length) {
    int first = run(files, path).firstCluster();
    return new Extent(path, first == 0 ? 0 : bootSector.offsetOf(first), length);
  }

  static Run run(Map<String, Run> runs, String path) {
    Run run = runs.get(path);
    if (run == null) {
      throw new IllegalArgumentException("not planned: " + path);
    }
    return run;
  }

  /** Gives out clusters of one size. */
  private static final class Planner {
    private final FileTree tree;
    private final int sectorsPerCluster;
    private final Map<String, Run> folders = new LinkedHashMap<>();
    private final Map<String, Run> files = new LinkedHashMap<>();
    private int next = FatBootSector.FIRST_CLUSTER;

    Planner(FileTree tree, int sectorsPerCluster) {
      this.tree = tree;
      this.sectorsPerCluster = sectorsPerCluster;
    }

    FatLayout plan(Identity identity, int alignment) {
      for (String folder : tree.paths().folders()) {
        int entries = 2 + tree.paths().children(folder).size(); // "." and ".."
        folders.put(folder, take((long) entries * DirectoryEntry.BYTES));
      }
      tree.files().forEach((path, bytes) -> files.put(path, take(bytes.length)));
      int clusters = Math.max(1, next - FatBootSector.FIRST_CLUSTER);
      int sectorsPerFat = Math.toIntExact(Units.count(FatTable.bytesFor(clusters), Units.SECTOR));
      int rootSectors = rootSectors(sectorsPerFat, alignment / Units.SECTOR);
      int dataSector = RESERVED_SECTORS + FATS * sectorsPerFat + rootSectors;
      return new FatLayout(
          new FatBootSector(
              sectorsPerCluster,
              RESERVED_SECTORS,
              FATS,
              rootSectors * ENTRIES_PER_SECTOR,
              dataSector + clusters * sectorsPerCluster,
              FIXED_DISK,
              sectorsPerFat,
              identity.startSector(),
              identity.serial(),
              identity.label()),
          folders,
          files);
    }

    /** Enough for the label and the tree; more, where only that brings the data to alignment. */
    private int rootSectors(int sectorsPerFat, int alignment) {
      int least = Units.count(1 + tree.paths().children("").size(), ENTRIES_PER_SECTOR);
      return IntStream.iterate(least, n -> n + 1)
          .filter(n -> (RESERVED_SECTORS + FATS * sectorsPerFat + n) % alignment == 0)
          .findFirst()
          .orElseThrow();
    }

    private Run take(long bytes) {
      if (bytes == 0) {
        return new Run(0, 0);
      }
      long cluster = (long) sectorsPerCluster * Units.SECTOR;
      int count = Math.toIntExact(Units.count(bytes, cluster));
      Run run = new Run(next, count);
      next += count;
      return run;
    }
  }
}
