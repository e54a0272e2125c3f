package zeroboot.image.plan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that a person or a firmware finds on a medium: path to content, in the order of {@link
 * PathTree}.
 *
 * @param files sorted by path; the arrays are not to be changed
 * @param paths of the files
 */
public record FileTree(SortedMap<String, byte[]> files, PathTree paths) {
  /** A tree of these files, whatever the order of the map. */
  public static FileTree of(Map<String, byte[]> files) {
    SortedMap<String, byte[]> sorted = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    return new FileTree(sorted, new PathTree(new TreeSet<>(sorted.keySet())));
  }

  /** Refuses paths that are not those of the files. */
  public FileTree {
    if (!paths.files().equals(files.keySet())) {
      throw new IllegalArgumentException("paths of other files: " + paths.files());
    }
  }
}
