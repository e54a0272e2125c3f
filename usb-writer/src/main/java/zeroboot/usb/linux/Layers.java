package zeroboot.usb.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which block devices are made from which, found from both ends: a device names its holders, and a
 * layer what it is made from. A loop device over another device has neither entry in sysfs.
 */
final class Layers {
  private final SysBlocks blocks;
  private final Path root;
  private final Mounts mounts;
  private final Map<SysBlock, Backing> backings = new LinkedHashMap<>();

  /** What a layer says that it is made from, by name; read once, since servers have many disks. */
  private final Map<SysBlock, Set<String>> parts = new LinkedHashMap<>();

  Layers(SysBlocks blocks, Path root, Mounts mounts, Backing.Finder finder) {
    this.blocks = blocks;
    this.root = root;
    this.mounts = mounts;
    for (SysBlock block : blocks.all()) {
      if (block.isLoop() && !block.backingFile().isEmpty()) {
        backings.put(block, finder.of(block));
      }
      Set<String> names = new LinkedHashSet<>(block.links("slaves"));
      // zram(4) writes what it cannot keep back to a device.
      SysBlock writtenBack = blocks.at(block.attribute("backing_dev"));
      if (writtenBack != null) {
        names.add(writtenBack.name());
      }
      parts.put(block, names);
    }
  }

  /** A disk and its partitions. */
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

  /** These and everything that is made from them, what lies beneath first. */
  Set<SysBlock> withLayers(Set<SysBlock> own) {
    Set<SysBlock> all = new LinkedHashSet<>(own);
    List<SysBlock> open = new ArrayList<>(own);
    while (!open.isEmpty()) {
      SysBlock block = open.remove(0);
      List<String> holders = block.links("holders");
      for (SysBlock other : blocks.all()) {
        if ((holders.contains(other.name()) || isMadeFrom(other, block)) && !other.isPartition()) {
          for (SysBlock next : withPartitions(other)) {
            if (all.add(next)) {
              open.add(next);
            }
          }
        }
      }
    }
    return all;
  }

  private boolean isMadeFrom(SysBlock layer, SysBlock block) {
    Backing backing = backings.get(layer);
    return parts.getOrDefault(layer, Set.of()).contains(block.name())
        || (backing != null && !layer.equals(block) && liesOn(backing, block));
  }

  private boolean liesOn(Backing backing, SysBlock block) {
    String number = block.attribute("dev");
    if (!backing.device().isEmpty()) {
      return backing.device().equals(number);
    }
    if (!backing.fileSystem().isEmpty()) {
      if (backing.fileSystem().equals(number)) {
        return true;
      }
      List<Mount> same = mounts.numbered(backing.fileSystem());
      if (!same.isEmpty()) {
        return same.stream().anyMatch(mount -> mounts.isOf(mount, block));
      }
    }
    // A subvolume of btrfs has a number that no mount shows; a recorded machine has none at all.
    return mounts.holds(backing.path(), root, block);
  }

  /** The disk that a loop device shows a part of, and what that is made from; the lowest last. */
  List<SysBlock> beneath(SysBlock loop) {
    List<SysBlock> found = new ArrayList<>();
    Backing backing = backings.get(loop);
    while (backing != null && !backing.device().isEmpty()) {
      SysBlock block = blocks.numbered(backing.device());
      SysBlock disk = block == null ? null : blocks.named(block.diskName());
      if (disk == null || found.contains(disk)) {
        break;
      }
      found.add(disk);
      backing = backings.get(disk);
    }
    return found;
  }

  /** The loop devices over this file. */
  List<SysBlock> loopsOver(Backing file) {
    List<SysBlock> loops = new ArrayList<>();
    backings.forEach(
        (loop, backing) -> {
          if (backing.device().isEmpty() && backing.isSameFile(file)) {
            loops.add(loop);
          }
        });
    return loops;
  }

  /** The other loop devices over the file of this one. */
  List<SysBlock> twins(SysBlock loop) {
    Backing backing = backings.get(loop);
    List<SysBlock> twins = new ArrayList<>(backing == null ? List.of() : loopsOver(backing));
    twins.remove(loop);
    return twins;
  }
}
