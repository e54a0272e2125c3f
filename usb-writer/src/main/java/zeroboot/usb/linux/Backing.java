package zeroboot.usb.linux;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * What is behind a loop device, or what a path names.
 *
 * @param path what sysfs says: a name in the namespace of whoever set it up, and perhaps deleted
 * @param device {@code major:minor} of the block device that it is; empty for a file
 * @param fileSystem {@code major:minor} of the file system that the file lies in; empty if unknown
 * @param inode its number there
 */
record Backing(String path, String device, String fileSystem, long inode) {
  private static final String DELETED = " (deleted)";

  /** Tells what is behind a loop device. */
  interface Finder {
    Backing of(SysBlock loop);
  }

  /** By the path, as far as it leads somewhere from here. */
  static Backing byPath(SysBlock loop, SysBlocks blocks, Path root) {
    String path = loop.backingFile();
    String plain =
        path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
    return plain.startsWith("/") ? at(plain, blocks, root) : unknown(path);
  }

  /** What lies at an absolute path. */
  static Backing at(String path, SysBlocks blocks, Path root) {
    SysBlock block = blocks.at(path);
    if (block != null) {
      return new Backing(path, block.attribute("dev"), "", 0);
    }
    Path file = root.resolve(path.substring(1));
    try {
      UnixStat stat = UnixStat.of(file);
      if (!stat.device().isEmpty()) {
        return new Backing(path, stat.device(), "", 0);
      }
      // A recorded machine's files have no device numbers.
      boolean isReal = root.getFileSystem() == FileSystems.getDefault();
      return isReal ? new Backing(path, "", stat.fileSystem(), stat.inode()) : unknown(path);
    } catch (IOException e) {
      return unknown(path);
    }
  }

  private static Backing unknown(String path) {
    return new Backing(path, "", "", 0);
  }

  /** Whether both are one file. */
  boolean isSameFile(Backing other) {
    if (!device.isEmpty() || !other.device.isEmpty()) {
      return device.equals(other.device);
    }
    if (fileSystem.isEmpty() || other.fileSystem.isEmpty()) {
      return !path.isEmpty() && path.equals(other.path);
    }
    return fileSystem.equals(other.fileSystem) && inode == other.inode;
  }
}
