package zeroboot.image.fat;

import java.util.List;
import java.util.Map;
import zeroboot.image.fat.FatLayout.Run;
import zeroboot.image.plan.FileTree;
import zeroboot.image.plan.PathTree;

/** Emits the volume that a {@link FatLayout} planned. */
public final class FatWriter {
  private final FileTree tree;
  private final FatLayout layout;
  private final FatBootSector geometry;
  private final byte[] image;
  private final int offset;

  private FatWriter(FileTree tree, FatLayout layout, byte[] image, int offset) {
    this.tree = tree;
    this.layout = layout;
    geometry = layout.bootSector();
    this.image = image;
    this.offset = offset;
  }

  /** The volume. {@code tree} is the one that {@code layout} was planned for. */
  public static byte[] write(FileTree tree, FatLayout layout) {
    byte[] volume = new byte[Math.toIntExact(layout.size())];
    writeTo(volume, 0, tree, layout);
    return volume;
  }

  /** The same into an image of zeros, at this offset in bytes. */
  public static void writeTo(byte[] image, int offset, FileTree tree, FatLayout layout) {
    FatWriter writer = new FatWriter(tree, layout, image, offset);
    writer.put(0, writer.geometry.toBytes());
    writer.writeFats();
    writer.writeRoot();
    layout.folders().forEach(writer::writeFolder);
    tree.files().forEach(writer::writeFile);
  }

  private void writeFats() {
    FatTable table = new FatTable(geometry.clusterCount(), geometry.media());
    for (Map<String, Run> runs : List.of(layout.folders(), layout.files())) {
      runs.values().forEach(run -> table.chain(run.firstCluster(), run.clusterCount()));
    }
    byte[] bytes = table.toBytes(geometry.sectorsPerFat());
    for (int copy = 0; copy < geometry.fats(); copy++) {
      put(geometry.fatOffset() + (long) copy * bytes.length, bytes);
    }
  }

  private void writeRoot() {
    DirectoryEntry label = new DirectoryEntry(geometry.label(), DirectoryEntry.VOLUME_ID, 0, 0);
    put(geometry.rootOffset(), label.toBytes());
    writeChildren("", geometry.rootOffset() + DirectoryEntry.BYTES);
  }

  /** A folder begins with itself and its parent; the root as parent is cluster 0 (section 6.5). */
  private void writeFolder(String folder, Run run) {
    long at = geometry.offsetOf(run.firstCluster());
    String parent = PathTree.parent(folder);
    int up = parent.isEmpty() ? 0 : FatLayout.run(layout.folders(), parent).firstCluster();
    put(at, directory(".", run.firstCluster()));
    put(at + DirectoryEntry.BYTES, directory("..", up));
    writeChildren(folder, at + 2 * DirectoryEntry.BYTES);
  }

  private void writeChildren(String folder, long at) {
    for (String path : tree.paths().children(folder)) {
      put(at, entry(path));
      at += DirectoryEntry.BYTES;
    }
  }

  private byte[] entry(String path) {
    byte[] content = tree.files().get(path);
    if (content == null) {
      return directory(PathTree.name(path), FatLayout.run(layout.folders(), path).firstCluster());
    }
    int first = FatLayout.run(layout.files(), path).firstCluster();
    return new DirectoryEntry(PathTree.name(path), DirectoryEntry.ARCHIVE, first, content.length)
        .toBytes();
  }

  private static byte[] directory(String name, int cluster) {
    return new DirectoryEntry(name, DirectoryEntry.DIRECTORY, cluster, 0).toBytes();
  }

  private void writeFile(String path, byte[] content) {
    put(layout.extentOf(path, content.length).offset(), content);
  }

  private void put(long at, byte[] bytes) {
    System.arraycopy(bytes, 0, image, Math.toIntExact(offset + at), bytes.length);
  }
}
