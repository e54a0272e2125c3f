package zeroboot.usb.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zeroboot.usb.Use;
import zeroboot.usb.probe.ZfsPool;

/** Finds out who uses a disk: the disk, its partitions, and every layer that is built on them. */
final class Uses {
  private final SysBlocks blocks;
  private final Path root;
  private final Mounts mounts;
  private final Layers layers;

  Uses(SysBlocks blocks, Path root, Backing.Finder finder) {
    this.blocks = blocks;
    this.root = root;
    this.mounts = Mounts.read(blocks, root);
    this.layers = new Layers(blocks, root, mounts, finder);
  }

  /**
   * Every use of a disk (or, for a partition, of that partition).
   *
   * @param pools that its labels name, and where the label is
   */
  List<Use> of(SysBlock disk, Map<ZfsPool, String> pools) {
    Set<SysBlock> own = withPartitions(disk);
    Set<SysBlock> known = layers.withLayers(own);
    List<Use> uses = new ArrayList<>();
    addUses(known, own, uses);
    addZfs(pools, uses);
    addBeneath(disk, known, uses);
    addLoops(layers.twins(disk), known, uses);
    return List.copyOf(uses);
  }

  /** What a loop device over a device is written to, others would see change under their hands. */
  private void addBeneath(SysBlock loop, Set<SysBlock> known, List<Use> uses) {
    List<SysBlock> beneath = layers.beneath(loop);
    if (beneath.isEmpty()) {
      return;
    }
    SysBlock lowest = beneath.get(beneath.size() - 1);
    String path = SysBlocks.shownPath(lowest);
    uses.add(new Use(Use.Kind.LAYER, "the device beneath it", path, false, loop.release()));
    Set<SysBlock> others = layers.withLayers(withPartitions(lowest));
    others.removeAll(known);
    known.addAll(others);
    List<Use> found = new ArrayList<>();
    addUses(others, Set.of(), found);
    // They are what it is a part of, and no layers above it.
    Set<String> paths = new HashSet<>();
    beneath.forEach(block -> paths.add(SysBlocks.shownPath(block)));
    found.removeIf(use -> use.kind() == Use.Kind.LAYER && paths.contains(use.by()));
    uses.addAll(found);
  }

  /** Every use of a file, other than by programs that have it open. */
  List<Use> ofFile(String path) {
    List<Use> uses = new ArrayList<>();
    Backing file = Backing.at(path, blocks, root);
    addLoops(layers.loopsOver(file), Set.of(), uses);
    for (Swap swap : swaps()) {
      if (swap.isFile() && Backing.at(swap.path(), blocks, root).isSameFile(file)) {
        uses.add(new Use(Use.Kind.SWAP, swap.path(), path, true, "swapoff " + swap.path()));
      }
    }
    return List.copyOf(uses);
  }

  private void addLoops(List<SysBlock> loops, Set<SysBlock> known, List<Use> uses) {
    for (SysBlock loop : loops) {
      if (!known.contains(loop)) {
        addUses(layers.withLayers(withPartitions(loop)), Set.of(), uses);
      }
    }
  }

  private void addUses(Set<SysBlock> all, Set<SysBlock> own, List<Use> uses) {
    for (SysBlock block : all) {
      boolean isDirect = own.contains(block);
      String by = SysBlocks.shownPath(block);
      if (!isDirect && !block.isPartition()) {
        uses.add(new Use(Use.Kind.LAYER, layer(block), by, false, block.release()));
      }
      int before = uses.size();
      for (Mount mount : mounts.of(block)) {
        uses.add(mount(mount, by, isDirect));
      }
      for (Swap swap : swaps()) {
        if (isOn(swap, block)) {
          uses.add(new Use(Use.Kind.SWAP, swap.path(), by, isDirect, "swapoff " + swap.path()));
        }
      }
      addPools(block, by, uses);
      if (block.isCacheMember()) {
        uses.add(new Use(Use.Kind.POOL, "bcache", by, false, block.releaseCache()));
      }
      boolean isSystem = uses.subList(before, uses.size()).stream().anyMatch(Use::isSystem);
      if (!isSystem) {
        addElsewhere(block, by, uses);
      }
    }
  }

  private static Use mount(Mount mount, String by, boolean isDirect) {
    return new Use(Use.Kind.MOUNT, mount.point(), by, isDirect, mount.release());
  }

  /** One is enough to say whose it is; when that is gone, the next is named. */
  private void addElsewhere(SysBlock block, String by, List<Use> uses) {
    List<Namespaces.Elsewhere> found = mounts.elsewhereOf(block);
    if (!found.isEmpty()) {
      Namespaces.Elsewhere first = found.get(0);
      uses.add(new Use(Use.Kind.NAMESPACE, first.shown(), by, false, first.release()));
    }
  }

  /** What is mounted directly from a disk or its partitions, in the order to unmount it. */
  List<Mount> directMounts(SysBlock disk) {
    List<Mount> found = new ArrayList<>();
    for (SysBlock block : withPartitions(disk)) {
      found.addAll(mounts.of(block));
    }
    return Mount.youngestFirst(found);
  }

  /** Whether a file lies on a disk, through whatever layers, or is behind it. */
  boolean holdsFile(SysBlock disk, Path file) {
    Mount mount = Mount.of(file, mounts.own());
    Backing backing = Backing.at(file.toString(), blocks, root);
    return layers.loopsOver(backing).contains(disk)
        || layers.withLayers(withPartitions(disk)).stream()
            .anyMatch(block -> mounts.isOf(mount, block) || isIn(mount, poolsOf(block)));
  }

  Set<SysBlock> withPartitions(SysBlock disk) {
    return layers.withPartitions(disk);
  }

  private static String layer(SysBlock block) {
    return block.isLoop() ? "a loop device over " + block.backingFile() : block.layerName();
  }

  /** A line of {@code /proc/swaps}. */
  private record Swap(String path, boolean isFile) {}

  private List<Swap> swaps() {
    List<Swap> found = new ArrayList<>();
    for (String line : SysBlocks.lines(root.resolve("proc/swaps"))) {
      String[] words = line.split("\\s+", -1);
      if (words.length >= 2 && !words[0].equals("Filename")) {
        found.add(new Swap(Mount.unescape(words[0]), words[1].equals("file")));
      }
    }
    return found;
  }

  private boolean isOn(Swap swap, SysBlock block) {
    return swap.isFile()
        ? mounts.holds(swap.path(), root, block)
        : block.equals(blocks.at(swap.path()));
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
      boolean isShown = mounts.own().stream().anyMatch(mount -> mounts.isOf(mount, block));
      if (!isShown) {
        uses.add(new Use(Use.Kind.POOL, "the btrfs file system " + id, by, false));
        for (Mount mount : mounts.own()) {
          if (isIn(mount, List.of(id))) {
            uses.add(mount(mount, by, false));
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

  /**
   * ZFS shows in sysfs neither as a holder nor as a mount's source; its label names the pool. One
   * that nobody has exported is in use: here, or by another computer or a virtual machine.
   */
  private void addZfs(Map<ZfsPool, String> pools, List<Use> uses) {
    List<String> imported = SysBlock.list(root.resolve("proc/spl/kstat/zfs"));
    pools.forEach(
        (pool, path) -> {
          boolean isImported = imported.contains(pool.name());
          if (!isImported && pool.isReleased()) {
            return;
          }
          String export = "zpool export " + Mount.quoted(pool.name());
          String what = isImported ? "the ZFS pool " : "the ZFS pool that nobody exported, ";
          String release =
              isImported
                  ? export
                  : "zpool import and " + export + ", or wipefs -a " + path + " if it is lost";
          uses.add(new Use(Use.Kind.POOL, what + pool.name(), path, false, release));
          for (Mount mount : mounts.ofZfs(pool.name())) {
            uses.add(mount(mount, path, false));
          }
        });
  }
}
