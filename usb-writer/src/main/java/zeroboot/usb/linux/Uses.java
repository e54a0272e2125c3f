package zeroboot.usb.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import zeroboot.usb.Contents;
import zeroboot.usb.Use;

/** Finds out who uses a disk: the disk, its partitions, and every layer that is built on them. */
final class Uses {
  private final SysBlocks blocks;
  private final Path root;
  private final List<Mount> mounts;

  Uses(SysBlocks blocks, Path root) {
    this.blocks = blocks;
    this.root = root;
    this.mounts = Mount.all(root.resolve("proc"));
  }

  /** Every use of a disk (or, for a partition, of that partition). */
  List<Use> of(SysBlock disk, Contents contents) {
    Set<SysBlock> own = withPartitions(disk);
    Set<SysBlock> all = withLayers(own);
    List<Use> uses = new ArrayList<>();
    for (SysBlock block : all) {
      boolean isDirect = own.contains(block);
      String by = SysBlocks.shownPath(block);
      if (!isDirect && !block.isPartition()) {
        uses.add(new Use(Use.Kind.LAYER, layer(block), by, false));
      }
      for (Mount mount : mountsOf(block)) {
        uses.add(new Use(Use.Kind.MOUNT, mount.point(), by, isDirect));
      }
      for (String swap : swapsOn(block)) {
        uses.add(new Use(Use.Kind.SWAP, swap, by, isDirect));
      }
      addPools(block, by, uses);
    }
    addZfs(contents, SysBlocks.shownPath(disk), uses);
    return List.copyOf(uses);
  }

  /** What is mounted directly from a disk or its partitions, in the order to unmount it. */
  List<Mount> directMounts(SysBlock disk) {
    List<Mount> found = new ArrayList<>();
    for (SysBlock block : withPartitions(disk)) {
      found.addAll(mountsOf(block));
    }
    return Mount.youngestFirst(found);
  }

  /** Whether a file lies on a disk, through whatever layers. */
  boolean holdsFile(SysBlock disk, Path file) {
    Mount mount = Mount.of(file, mounts);
    return withLayers(withPartitions(disk)).stream()
        .anyMatch(block -> isOf(mount, block) || isIn(mount, poolsOf(block)));
  }

  Set<SysBlock> withPartitions(SysBlock disk) {
    Set<SysBlock> own = new LinkedHashSet<>();
    own.add(disk);
    for (SysBlock block : blocks.all()) {
      if (block.isPartition() && block.diskName().equals(disk.name())) {
        own.add(block);
      }
    }
    return own;
  }

  /** Grows until nothing is built on anything in it: holders, their partitions, loop devices. */
  private Set<SysBlock> withLayers(Set<SysBlock> own) {
    Set<SysBlock> all = new LinkedHashSet<>(own);
    List<SysBlock> open = new ArrayList<>(own);
    while (!open.isEmpty()) {
      SysBlock block = open.remove(0);
      List<SysBlock> above = new ArrayList<>();
      for (String holder : block.links("holders")) {
        SysBlock found = blocks.named(holder);
        if (found != null) {
          above.addAll(withPartitions(found));
        }
      }
      for (SysBlock loop : blocks.all()) {
        if (loop.isLoop() && isFileOn(loop.backingFile(), block)) {
          above.addAll(withPartitions(loop));
        }
      }
      for (SysBlock next : above) {
        if (all.add(next)) {
          open.add(next);
        }
      }
    }
    return all;
  }

  private static String layer(SysBlock block) {
    return block.isLoop() ? "a loop device over " + block.backingFile() : block.layerName();
  }

  private List<Mount> mountsOf(SysBlock block) {
    return mounts.stream().filter(mount -> isOf(mount, block)).toList();
  }

  /** By number; by the path of its source where the file system has a number of its own. */
  private boolean isOf(Mount mount, SysBlock block) {
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

  private List<String> swapsOn(SysBlock block) {
    List<String> found = new ArrayList<>();
    for (String line : SysBlocks.lines(root.resolve("proc/swaps"))) {
      String[] words = line.split("\\s+", -1);
      if (words.length < 2 || words[0].equals("Filename")) {
        continue;
      }
      String path = Mount.unescape(words[0]);
      if (words[1].equals("file") ? isFileOn(path, block) : block.equals(blocks.at(path))) {
        found.add(path);
      }
    }
    return found;
  }

  private boolean isFileOn(String file, SysBlock block) {
    if (!file.startsWith("/")) {
      return false;
    }
    return isOf(Mount.of(root.getFileSystem().getPath(file), mounts), block);
  }

  /** btrfs shows one device of several as the mount's source, and all of them in sysfs. */
  private List<String> poolsOf(SysBlock block) {
    Path btrfs = root.resolve("sys/fs/btrfs");
    List<String> pools = new ArrayList<>();
    for (String id : SysBlock.list(btrfs)) {
      if (SysBlock.list(btrfs.resolve(id).resolve("devices")).contains(block.name())) {
        pools.add(id);
      }
    }
    return pools;
  }

  private void addPools(SysBlock block, String by, List<Use> uses) {
    for (String id : poolsOf(block)) {
      boolean isShown = mounts.stream().anyMatch(mount -> isOf(mount, block));
      if (!isShown) {
        uses.add(new Use(Use.Kind.POOL, "the btrfs file system " + id, by, false));
        for (Mount mount : mounts) {
          if (isIn(mount, List.of(id))) {
            uses.add(new Use(Use.Kind.MOUNT, mount.point(), by, false));
          }
        }
      }
    }
  }

  /** Whether a mount's source is a member of one of these btrfs pools. */
  private boolean isIn(Mount mount, List<String> pools) {
    if (!mount.type().equals("btrfs")) {
      return false;
    }
    SysBlock source = blocks.at(mount.source());
    return source != null && poolsOf(source).stream().anyMatch(pools::contains);
  }

  /** ZFS shows in sysfs neither as a holder nor as a mount's source; its label names the pool. */
  private void addZfs(Contents contents, String by, List<Use> uses) {
    List<String> imported = SysBlock.list(root.resolve("proc/spl/kstat/zfs"));
    Set<String> pools = new LinkedHashSet<>();
    contents.whole().stream()
        .filter(content -> content.name().equals("ZFS"))
        .forEach(content -> pools.add(content.label()));
    contents.partitions().stream()
        .flatMap(partition -> partition.contents().stream())
        .filter(content -> content.name().equals("ZFS"))
        .forEach(content -> pools.add(content.label()));
    for (String pool : pools) {
      if (!imported.contains(pool)) {
        continue;
      }
      uses.add(new Use(Use.Kind.POOL, "the ZFS pool " + pool, by, false));
      for (Mount mount : mounts) {
        if (mount.type().equals("zfs")
            && (mount.source().equals(pool) || mount.source().startsWith(pool + "/"))) {
          uses.add(new Use(Use.Kind.MOUNT, mount.point(), by, false));
        }
      }
    }
  }
}
