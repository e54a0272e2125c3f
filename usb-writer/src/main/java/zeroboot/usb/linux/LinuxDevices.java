package zeroboot.usb.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Content;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.Geometry;
import zeroboot.usb.Identity;
import zeroboot.usb.Partition;
import zeroboot.usb.file.FileBlockReader;
import zeroboot.usb.file.PlainFiles;
import zeroboot.usb.probe.Probe;
import zeroboot.usb.probe.ZfsPool;

/** A machine's devices at one moment, read from the files below its root; nothing is changed. */
final class LinuxDevices {
  private static final int FILE_BLOCK = 512;
  private final Path root;
  private final SysBlocks blocks;
  private final Uses uses;

  private LinuxDevices(Path root, boolean asksDriver) {
    this.root = root;
    this.blocks = SysBlocks.read(root);
    this.uses = new Uses(blocks, root, loop -> backing(loop, asksDriver));
  }

  /**
   * To list devices: loop devices are followed by their paths, as far as these lead somewhere.
   *
   * @param root {@code /}, or a folder that looks like one
   */
  static LinuxDevices list(Path root) {
    return new LinuxDevices(root, false);
  }

  /** To decide about a device: the loop driver is asked, too. */
  static LinuxDevices judge(Path root) {
    return new LinuxDevices(root, root.equals(Path.of("/")));
  }

  private Backing backing(SysBlock loop, boolean asksDriver) {
    Backing byPath = Backing.byPath(loop, blocks, root);
    return asksDriver ? LoopStatus.of(loop, byPath) : byPath;
  }

  /** Disks with a medium, and drives without; not loop devices without a file. */
  List<Device> disks() {
    List<Device> disks = new ArrayList<>();
    for (SysBlock block : blocks.all()) {
      boolean isDisk = !block.isPartition() && !block.isLayer() && !block.isOptical();
      boolean isIdle = block.size() == 0 && !block.flag("removable");
      if (isDisk && !isIdle && !block.flag("hidden")) {
        disks.add(device(block));
      }
    }
    return disks;
  }

  /** What a path, or a link to it, names. */
  Device at(Path path) {
    SysBlock block = blocks.at(PlainFiles.real(path).toString());
    if (block != null) {
      return device(block);
    }
    Device file = PlainFiles.at(path);
    return file.kind() == Device.Kind.FILE
        ? file.withUses(uses.ofFile(PlainFiles.real(path).toString()))
        : file;
  }

  private Device device(SysBlock block) {
    Contents contents = contents(block);
    return new Device(
        kind(block),
        blocks.path(block).toString(),
        block.name(),
        diskPath(block),
        ids(block),
        Attachment.of(block),
        Attachment.product(block),
        geometry(block),
        new Identity(block.attribute("dev"), block.attribute("diskseq")),
        contents,
        uses.of(block, zfsPools(block, contents)));
  }

  /** Of a partition, its disk's; else empty. */
  private String diskPath(SysBlock block) {
    SysBlock disk = blocks.named(block.diskName());
    return block.isPartition() && disk != null ? blocks.path(disk).toString() : "";
  }

  private static Device.Kind kind(SysBlock block) {
    if (block.isPartition()) {
      return Device.Kind.PARTITION;
    }
    if (block.isOptical()) {
      return Device.Kind.OPTICAL;
    }
    return block.isLayer() ? Device.Kind.LAYER : Device.Kind.DISK;
  }

  private Geometry geometry(SysBlock block) {
    return new Geometry(
        block.size(),
        blockSize(block),
        block.flag("removable"),
        block.flag("ro"),
        block.flag("queue/rotational"));
  }

  private static int blockSize(SysBlock block) {
    long size = block.number("queue/logical_block_size");
    return size == 0 ? FILE_BLOCK : (int) size;
  }

  /** The names under {@code /dev/disk/by-id} that lead here; a number for a name says least. */
  private List<String> ids(SysBlock block) {
    Path folder = root.resolve("dev/disk/by-id");
    List<String> ids = new ArrayList<>();
    for (String name : SysBlock.list(folder)) {
      if (block.equals(blocks.at("/dev/disk/by-id/" + name))) {
        ids.add(folder.resolve(name).toString());
      }
    }
    ids.sort(
        Comparator.comparing((String id) -> id.matches(".*/(wwn|nvme-eui)[^/]*"))
            .thenComparing(Comparator.naturalOrder()));
    return ids;
  }

  private Contents contents(SysBlock disk) {
    if (disk.size() == 0 || disk.isOptical()) {
      return Contents.UNKNOWN;
    }
    List<Partition> partitions = new ArrayList<>();
    for (SysBlock block : uses.withPartitions(disk)) {
      if (block.isPartition() && !block.equals(disk)) {
        partitions.add(new Partition(block.name(), block.start(), block.size(), probe(block)));
      }
    }
    partitions.sort(Comparator.comparingLong(Partition::start));
    try (BlockReader reader = open(disk)) {
      return new Contents(
          true,
          Probe.partitionTable(reader, blockSize(disk)),
          Probe.contents(reader, blockSize(disk)),
          partitions);
    } catch (IOException e) {
      return new Contents(false, "", List.of(), partitions);
    }
  }

  /** The pools that the labels on a disk and its partitions name. */
  private Map<ZfsPool, String> zfsPools(SysBlock disk, Contents contents) {
    Map<ZfsPool, String> pools = new LinkedHashMap<>();
    for (SysBlock block : uses.withPartitions(disk)) {
      List<Content> found =
          block.equals(disk)
              ? contents.whole()
              : contents.partitions().stream()
                  .filter(partition -> partition.name().equals(block.name()))
                  .flatMap(partition -> partition.contents().stream())
                  .toList();
      if (found.stream().anyMatch(content -> content.name().equals("ZFS"))) {
        // The labels at the end of a partition may be found from the disk, too.
        zfsPools(block).forEach(pool -> pools.put(pool, SysBlocks.shownPath(block)));
      }
    }
    return pools;
  }

  private List<ZfsPool> zfsPools(SysBlock block) {
    try (BlockReader reader = open(block)) {
      return ZfsPool.on(reader, blockSize(block));
    } catch (IOException e) {
      return List.of(); // pulled out since the label was seen
    }
  }

  private List<Content> probe(SysBlock block) {
    try (BlockReader reader = open(block)) {
      return Probe.contents(reader, blockSize(block));
    } catch (IOException e) {
      // Not for this user to look at, or pulled out: then only its place and size are known.
      return List.of();
    }
  }

  private BlockReader open(SysBlock block) throws IOException {
    return FileBlockReader.open(blocks.path(block), block.size());
  }

  /** Whether a file lies on a device, or is it, or is behind it. */
  boolean holds(Device device, Path image) {
    Path real = PlainFiles.real(image);
    if (real.equals(PlainFiles.real(root.getFileSystem().getPath(device.path())))) {
      return true;
    }
    if (device.kind() == Device.Kind.FILE) {
      return Backing.at(real.toString(), blocks, root).isSameFile(backing(device));
    }
    SysBlock target = blocks.named(device.name());
    if (target == null) {
      return false;
    }
    SysBlock source = blocks.at(real.toString());
    return (source != null && source.diskName().equals(target.name()))
        || real.toString().equals(target.backingFile())
        || uses.holdsFile(target, real);
  }

  private Backing backing(Device file) {
    Path real = PlainFiles.real(root.getFileSystem().getPath(file.path()));
    return Backing.at(real.toString(), blocks, root);
  }

  /** Mounts to undo before a disk can be written to. */
  List<Mount> directMounts(Device device) {
    SysBlock block = blocks.named(device.name());
    return block == null ? List.of() : uses.directMounts(block);
  }
}
