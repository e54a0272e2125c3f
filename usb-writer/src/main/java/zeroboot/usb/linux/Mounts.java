package zeroboot.usb.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is mounted, here and in the namespaces of other processes. */
final class Mounts {
  private final SysBlocks blocks;
  private final List<Mount> own;
  private final List<Namespaces.Elsewhere> elsewhere;

  private Mounts(SysBlocks blocks, List<Mount> own, List<Namespaces.Elsewhere> elsewhere) {
    this.blocks = blocks;
    this.own = own;
    this.elsewhere = elsewhere;
  }

  static Mounts read(SysBlocks blocks, Path root) {
    Path proc = root.resolve("proc");
    List<Mount> own = Mount.all(proc);
    return new Mounts(blocks, own, Namespaces.mounts(proc, own));
  }

  /** Those that this process sees, the oldest first. */
  List<Mount> own() {
    return own;
  }

  /** Those of a device that this process sees. */
  List<Mount> of(SysBlock block) {
    return own.stream().filter(mount -> isOf(mount, block)).toList();
  }

  /** Those of a device that only others see. */
  List<Namespaces.Elsewhere> elsewhereOf(SysBlock block) {
    return elsewhere.stream().filter(other -> isOf(other.mount(), block)).toList();
  }

  /** Of a file system with this number. */
  List<Mount> numbered(String number) {
    return Stream.concat(own.stream(), elsewhere.stream().map(Namespaces.Elsewhere::mount))
        .filter(mount -> mount.number().equals(number))
        .toList();
  }

  /** By number; by the path of its source where the file system has a number of its own. */
  boolean isOf(Mount mount, SysBlock block) {
    if (mount.number().equals(block.attribute("dev"))) {
      return true;
    }
    if (!mount.number().startsWith("0:")) {
      return false;
    }
    for (String source : mount.source().split(":(?=/dev/)", -1)) { // bcachefs names several
      if (block.equals(blocks.at(source))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file lies on a device, by its path. */
  boolean holds(String file, Path root, SysBlock block) {
    return file.startsWith("/") && isOf(Mount.of(root.getFileSystem().getPath(file), own), block);
  }

  /** The mounts of ZFS that belong to a pool. */
  List<Mount> ofZfs(String pool) {
    List<Mount> found = new ArrayList<>();
    for (Mount mount : own) {
      if (mount.type().equals("zfs")
          && (mount.source().equals(pool) || mount.source().startsWith(pool + "/"))) {
        found.add(mount);
      }
    }
    return found;
  }
}
