package zeroboot.image.iso;

import java.util.ArrayList;
import java.util.List;
import zeroboot.ground.Units;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.PathTree;

/**
 * Where the structures of an ISO 9660 file system lie: descriptors, path tables, directories, in
 * this order from block 16 on, and the boot catalog before them. It follows from the names alone;
 * the files' own places are the caller's. All places are in blocks of 2048 bytes.
 *
 * @param paths of the files
 * @param folders in the order of the path table (ECMA-119 section 6.9.1), the root first
 * @param pathTableSize in bytes
 * @param typeLPathTable block
 * @param typeMPathTable block
 * @param firstFileBlock the first block behind the structures
 */
public record IsoLayout(
    PathTree paths,
    List<Folder> folders,
    int pathTableSize,
    long typeLPathTable,
    long typeMPathTable,
    long firstFileBlock) {
  /** The blocks before it are the system area, free for other use (section 6.2.1). */
  public static final int FIRST_BLOCK = 16;

  /** The boot catalog's, the last of the system area; the boot record descriptor leads there. */
  public static final int CATALOG_BLOCK = FIRST_BLOCK - 1;

  /** Bytes of the system area. */
  public static final int SYSTEM_AREA = FIRST_BLOCK * PrimaryVolumeDescriptor.BLOCK;

  private static final int DESCRIPTORS = 3;

  /**
   * One directory.
   *
   * @param path empty for the root
   * @param parent number in the path table of the directory above, from 1
   * @param block where it begins
   * @param size in bytes, a multiple of 2048
   */
  public record Folder(String path, int parent, long block, int size) {
    /** Name in the path table. */
    String identifier() {
      return folderIdentifier(path);
    }
  }

  /** Plans a file system for files of these names. */
  public static IsoLayout plan(PathTree paths) {
    List<String> order = breadthFirst(paths);
    int pathTableSize =
        order.stream().mapToInt(path -> PathTableRecord.bytesFor(folderIdentifier(path))).sum();
    long typeL = FIRST_BLOCK + DESCRIPTORS;
    long typeM = typeL + blocks(pathTableSize);
    long next = typeM + blocks(pathTableSize);
    List<Folder> folders = new ArrayList<>();
    for (String path : order) {
      int parent = 1 + Math.max(0, order.indexOf(PathTree.parent(path)));
      Folder folder = new Folder(path, parent, next, directorySize(paths, path));
      folders.add(folder);
      next += blocks(folder.size());
    }
    return new IsoLayout(paths, folders, pathTableSize, typeL, typeM, next);
  }

  /** The structures as extents of the image. */
  public List<Extent> extents() {
    long directories = folders.get(0).block();
    return List.of(
        extent("ISO volume descriptors", FIRST_BLOCK, typeLPathTable),
        extent("ISO path tables", typeLPathTable, directories),
        extent("ISO directories", directories, firstFileBlock));
  }

  private static Extent extent(String name, long block, long end) {
    long size = PrimaryVolumeDescriptor.BLOCK;
    return new Extent(name, block * size, (end - block) * size);
  }

  /** Blocks that so many bytes take. */
  public static long blocks(long bytes) {
    return Units.count(bytes, PrimaryVolumeDescriptor.BLOCK);
  }

  /** Name of a file in its directory record: always with a dot and a version (section 7.5.1). */
  static String fileIdentifier(String path) {
    String name = PathTree.name(path);
    return name + (name.contains(".") ? ";1" : ".;1");
  }

  private static String folderIdentifier(String path) {
    return path.isEmpty() ? DirectoryRecord.SELF : PathTree.name(path);
  }

  /** Path table order: by level, then by the number of the parent, then by name. */
  private static List<String> breadthFirst(PathTree paths) {
    List<String> all = paths.folders();
    List<String> order = new ArrayList<>(List.of(""));
    for (int next = 0; next < order.size(); next++) {
      paths.children(order.get(next)).stream().filter(all::contains).forEach(order::add);
    }
    return order;
  }

  /** Records do not cross the end of a block (section 6.8.1.1). */
  private static int directorySize(PathTree paths, String folder) {
    int block = PrimaryVolumeDescriptor.BLOCK;
    int at = 2 * DirectoryRecord.SHORTEST;
    for (String child : paths.children(folder)) {
      boolean file = paths.files().contains(child);
      int size = DirectoryRecord.bytesFor(file ? fileIdentifier(child) : PathTree.name(child));
      at = nextRecord(at, size) + size;
    }
    return (int) blocks(at) * block;
  }

  /**
   * Where in a directory a record of {@code size} bytes goes if the last one ended at {@code at}.
   */
  static int nextRecord(int at, int size) {
    int left = PrimaryVolumeDescriptor.BLOCK - at % PrimaryVolumeDescriptor.BLOCK;
    return size <= left ? at : at + left;
  }
}
