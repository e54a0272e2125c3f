package zeroboot.image.fat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import zeroboot.ground.Units;
import zeroboot.image.bytes.PartReader;
import zeroboot.image.bytes.SpecReader;

/**
 * Looks a file up in somebody's FAT12, FAT16 or FAT32 volume, as a UEFI firmware does (UEFI
 * specification section 13.3): names match in any case, the short one or the long one. However
 * large the volume, no more of it is read than lies on the way; however broken, that ends.
 */
public final class FatSearch {
  /** The most entries that a directory has (FAT specification section 6). */
  private static final int MOST_ENTRIES = 65_536;

  private static final int STEP = 4096;

  private final PartReader volume;
  private final FatGeometry geometry;

  private FatSearch(PartReader volume, FatGeometry geometry) {
    this.volume = volume;
    this.geometry = geometry;
  }

  /**
   * A volume.
   *
   * @param volume from its first byte
   * @throws zeroboot.ground.ZbootException (settings) if it is no FAT volume, or contradicts itself
   */
  public static FatSearch in(PartReader volume) {
    SpecReader sector = volume.part("FAT boot sector", 0, Units.SECTOR);
    return new FatSearch(volume, FatGeometry.read(sector));
  }

  /** {@code FAT12}, {@code FAT16} or {@code FAT32}. */
  public String type() {
    return geometry.type().name();
  }

  /**
   * The file at {@code path}, if there is one.
   *
   * @param path names joined by {@code /}
   * @throws zeroboot.ground.ZbootException (settings) if the volume is damaged on the way to it
   */
  public Optional<FatEntry> find(String path) {
    List<String> names = List.of(path.split("/", -1));
    Optional<FatEntry> found = Optional.empty();
    for (int depth = 0; depth < names.size(); depth++) {
      Optional<FatEntry> in = found;
      found = new Directory(in).find(names.get(depth), depth + 1 < names.size());
      if (found.isEmpty()) {
        return found;
      }
    }
    return found;
  }

  /** One directory, gone through until the name turns up. */
  private final class Directory {
    private final String what;
    private final LongName longName = new LongName();
    private final Optional<FatChain> chain;
    private int entries;

    /** A folder; the root directory, if there is none. */
    Directory(Optional<FatEntry> folder) {
      what = "FAT directory" + folder.map(entry -> " " + entry.name()).orElse("");
      long first = folder.map(FatEntry::firstCluster).orElse(geometry.rootCluster());
      boolean fixed = geometry.rootBytes() > 0 && folder.isEmpty();
      chain = fixed ? Optional.empty() : Optional.of(new FatChain(volume, geometry, what, first));
    }

    Optional<FatEntry> find(String name, boolean folder) {
      Optional<FatEntry> found = Optional.empty();
      boolean more = true;
      while (more && found.isEmpty()) {
        long offset = chain.map(c -> geometry.offsetOf(c.cluster())).orElse(geometry.rootOffset());
        int size = chain.isPresent() ? geometry.clusterBytes() : geometry.rootBytes();
        for (int at = 0; more && found.isEmpty() && at < size; at += STEP) {
          SpecReader r = volume.part(what, offset + at, Math.min(STEP, size - at));
          int end = ends(r);
          found = find(r, end, name, folder);
          more = end == r.size();
        }
        more = more && found.isEmpty() && chain.isPresent() && chain.get().next();
      }
      return found;
    }

    /** Where the entries in use end, in bytes. */
    private int ends(SpecReader r) {
      for (int at = 0; at < r.size(); at += DirectoryEntry.BYTES) {
        r.require(entries < MOST_ENTRIES, "more than " + MOST_ENTRIES + " entries");
        entries++;
        if (DirectoryEntry.isEnd(r.part(what, at, DirectoryEntry.BYTES))) {
          return at;
        }
      }
      return r.size();
    }

    private Optional<FatEntry> find(SpecReader r, int end, String name, boolean folder) {
      for (int at = 0; at < end; at += DirectoryEntry.BYTES) {
        SpecReader entry = r.part(what, at, DirectoryEntry.BYTES);
        boolean hidden = DirectoryEntry.isSkipped(entry);
        if (hidden && !DirectoryEntry.isFree(entry)) {
          longName.add(entry);
          continue;
        }
        DirectoryEntry read = DirectoryEntry.read(entry);
        boolean named =
            same(read.name(), name) || longName.of(entry).filter(l -> same(l, name)).isPresent();
        longName.forget();
        if (!hidden && named && !read.isVolumeLabel() && read.isDirectory() == folder) {
          return Optional.of(
              new FatEntry(volume, geometry, name, firstCluster(entry, read), read.size()));
        }
      }
      return Optional.empty();
    }

    private long firstCluster(SpecReader entry, DirectoryEntry read) {
      return geometry.type() == FatType.FAT32
          ? DirectoryEntry.wideCluster(entry)
          : read.firstCluster();
    }

    private boolean same(String one, String other) {
      return one.toUpperCase(Locale.ROOT).equals(other.toUpperCase(Locale.ROOT));
    }
  }
}
