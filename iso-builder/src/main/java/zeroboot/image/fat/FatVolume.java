package zeroboot.image.fat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;

/**
 * A FAT12 volume that somebody wrote, checked as it is read: chains that loop or meet, sizes that
 * do not fit, a volume that is cut short end in one clear {@link ZbootException}.
 *
 * @param bootSector geometry and names
 * @param label from the root directory, where systems keep it; else from the boot sector
 * @param files by path, short names only
 */
public record FatVolume(FatBootSector bootSector, String label, SortedMap<String, FatFile> files) {
  /** No path of FAT is longer; it also bounds how deep a hostile tree can go. */
  private static final int LONGEST_PATH = 260;

  /**
   * One file.
   *
   * @param clusterOffsets where its clusters begin, in bytes from the start of the volume
   * @param content a copy of its bytes
   */
  public record FatFile(List<Long> clusterOffsets, byte[] content) {}

  /**
   * Reads a volume and everything in it.
   *
   * @param r from the volume's first byte; it may hold more than the volume
   * @throws ZbootException if this is no sound FAT12
   */
  public static FatVolume read(SpecReader r) {
    return new Walk(r).walk();
  }

  /** Goes through the folders, the root first. */
  private static final class Walk {
    private final SpecReader volume;
    private final FatBootSector geometry;
    private final FatTable table;
    private final BitSet taken = new BitSet();
    private final SortedMap<String, FatFile> files = new TreeMap<>();
    private final Deque<Folder> pending = new ArrayDeque<>();
    private String label;

    private record Folder(String prefix, SpecReader entries) {}

    Walk(SpecReader image) {
      geometry = FatBootSector.read(image);
      volume = image.part("FAT file system", 0, geometry.size());
      label = geometry.label();
      int fatBytes = geometry.sectorsPerFat() * Units.SECTOR;
      table =
          FatTable.read(
              volume.part("FAT", geometry.fatOffset(), fatBytes),
              geometry.clusterCount(),
              geometry.media());
    }

    FatVolume walk() {
      int rootBytes = geometry.rootEntries() * DirectoryEntry.BYTES;
      pending.add(
          new Folder("", volume.part("FAT root directory", geometry.rootOffset(), rootBytes)));
      while (!pending.isEmpty()) {
        readFolder(pending.remove());
      }
      return new FatVolume(geometry, label, Collections.unmodifiableSortedMap(files));
    }

    private void readFolder(Folder folder) {
      SpecReader entries = folder.entries();
      for (int at = 0; at + DirectoryEntry.BYTES <= entries.size(); at += DirectoryEntry.BYTES) {
        SpecReader r = entries.part("FAT directory entry", at, DirectoryEntry.BYTES);
        if (DirectoryEntry.isEnd(r)) {
          return;
        }
        if (!DirectoryEntry.isSkipped(r)) {
          readEntry(folder.prefix(), DirectoryEntry.read(r));
        }
      }
    }

    private void readEntry(String prefix, DirectoryEntry entry) {
      String path = prefix + entry.name();
      volume.require(path.length() <= LONGEST_PATH, "a path is longer than " + LONGEST_PATH);
      if (entry.isVolumeLabel()) {
        label = prefix.isEmpty() ? entry.name() : label;
      } else if (entry.name().equals(".") || entry.name().equals("..")) {
        volume.require(entry.isDirectory(), "a file is named " + entry.name());
      } else if (entry.isDirectory()) {
        byte[] bytes = content(clusters(entry), Long.MAX_VALUE);
        pending.add(new Folder(path + "/", SpecReader.of("FAT directory " + path, bytes)));
      } else {
        readFile(path, entry);
      }
    }

    private void readFile(String path, DirectoryEntry entry) {
      List<Integer> clusters = entry.firstCluster() == 0 ? List.of() : clusters(entry);
      long room = (long) clusters.size() * geometry.clusterBytes();
      volume.require(
          entry.size() <= room && entry.size() > room - geometry.clusterBytes(),
          path + " has " + entry.size() + " bytes in " + room + " bytes of clusters");
      FatFile file =
          new FatFile(
              clusters.stream().map(geometry::offsetOf).toList(), content(clusters, entry.size()));
      volume.require(files.put(path, file) == null, "two files are named " + path);
    }

    private List<Integer> clusters(DirectoryEntry entry) {
      return table.follow(entry.firstCluster(), taken, volume);
    }

    private byte[] content(List<Integer> clusters, long size) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      for (int cluster : clusters) {
        SpecReader r =
            volume.part("FAT cluster", geometry.offsetOf(cluster), geometry.clusterBytes());
        int count = (int) Math.min(r.size(), size - content.size());
        content.writeBytes(r.bytes(0, count));
      }
      return content.toByteArray();
    }
  }
}
