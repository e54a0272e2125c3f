package zeroboot.image.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The paths of the files on a medium, in the one order that every writer uses. Paths are upper-case
 * 8.3 names joined by {@code /}, the common ground of FAT (section 6.1 of the FAT specification)
 * and ISO 9660 level 1 (ECMA-119 section 10.1). The root folder is the empty path.
 *
 * @param files sorted
 */
public record PathTree(SortedSet<String> files) {
  private static final String NAME = "[A-Z0-9_]{1,8}(\\.[A-Z0-9_]{1,3})?";
  private static final String FOLDER = "[A-Z0-9_]{1,8}";
  private static final Pattern PATH = Pattern.compile("(" + FOLDER + "/){0,7}" + NAME);

  /** Refuses a path that one of the two file systems could not hold. */
  public PathTree {
    files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
    for (String path : files) {
      if (!PATH.matcher(path).matches()) {
        throw new IllegalArgumentException("not a path of 8.3 names: " + path);
      }
      for (String folder : foldersAbove(path)) {
        if (files.contains(folder)) {
          throw new IllegalArgumentException("both a file and a folder: " + folder);
        }
      }
    }
  }

  /** Folders of the tree without the root, sorted, so each stands before what it holds. */
  public List<String> folders() {
    TreeSet<String> folders = new TreeSet<>();
    files.forEach(path -> folders.addAll(foldersAbove(path)));
    return List.copyOf(folders);
  }

  /** What a folder holds itself, files and folders as full paths, sorted by name. */
  public List<String> children(String folder) {
    TreeSet<String> children = new TreeSet<>(files);
    children.addAll(folders());
    children.removeIf(path -> !parent(path).equals(folder));
    return List.copyOf(children);
  }

  /** The folder that holds {@code path}. */
  public static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The last name of {@code path}. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static List<String> foldersAbove(String path) {
    List<String> folders = new ArrayList<>();
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.substring(0, slash));
    }
    return folders;
  }
}
