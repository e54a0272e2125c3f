package zeroboot.image;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that a person or a firmware finds on a medium: path to content, in the one order that
 * every writer uses. Paths are upper-case 8.3 names joined by {@code /}, the common ground of FAT
 * (section 6.1 of the FAT specification) and ISO 9660 level 1.
 *
 * @param files sorted by path; the arrays are not to be changed
 */
public record FileTree(SortedMap<String, byte[]> files) {
  private static final String NAME = "[A-Z0-9_]{1,8}(\\.[A-Z0-9_]{1,3})?";
  private static final String PATH = NAME + "(/" + NAME + ")*";

  /** Refuses a path that one of the two file systems could not hold. */
  public FileTree {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    for (String path : files.keySet()) {
      if (!path.matches(PATH)) {
        throw new IllegalArgumentException("not a path of 8.3 names: " + path);
      }
    }
  }

  /** A tree of these files, whatever the order of the map. */
  public static FileTree of(Map<String, byte[]> files) {
    return new FileTree(new TreeMap<>(files));
  }

  /** Folders of the tree without the root, sorted, so each stands before what it holds. */
  public List<String> folders() {
    TreeSet<String> folders = new TreeSet<>();
    for (String path : files.keySet()) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        folders.add(path.substring(0, slash));
      }
    }
    return List.copyOf(folders);
  }
}
