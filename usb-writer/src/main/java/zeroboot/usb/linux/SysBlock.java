package zeroboot.usb.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A block device as the kernel shows it in sysfs (Documentation/ABI/stable/sysfs-block).
 *
 * @param name the kernel's name
 * @param folder its real folder, below {@code sys/devices}
 */
record SysBlock(String name, Path folder) {
  private static final int SYSFS_SECTOR = 512;

  /** In bytes; the kernel gives a page, or the descriptors of a device. */
  private static final int MAX_ATTRIBUTE = 1 << 16;

  /** An attribute without the white space around it; empty if there is none or it can't be read. */
  String attribute(String path) {
    return text(folder.resolve(path));
  }

  static String text(Path file) {
    byte[] bytes = bytes(file);
    // Strangers chose these bytes (a stick's name, say), and terminals obey control characters.
    return new String(bytes, StandardCharsets.UTF_8).strip().replaceAll("\\p{C}", "");
  }

  static byte[] bytes(Path file) {
    try {
      return Files.isRegularFile(file) ? bounded(file) : new byte[0];
    } catch (IOException e) {
      // An attribute that the driver does not fill answers with an error.
      return new byte[0];
    }
  }

  private static byte[] bounded(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_ATTRIBUTE);
    }
  }

  long number(String path) {
    String text = attribute(path);
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  boolean flag(String path) {
    return number(path) != 0;
  }

  boolean isPartition() {
    return Files.exists(folder.resolve("partition"));
  }

  /** The disk of a partition; of a disk, itself. */
  String diskName() {
    Path parent = folder.getParent();
    return isPartition() && parent != null ? parent.getFileName().toString() : name;
  }

  long size() {
    return number("size") * SYSFS_SECTOR;
  }

  long start() {
    return number("start") * SYSFS_SECTOR;
  }

  /** Names in a folder of links, such as {@code holders}. */
  List<String> links(String path) {
    return list(folder.resolve(path));
  }

  /** Sorted names of what is in a folder; empty if there is none. */
  static List<String> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Made from other block devices, or from memory. */
  boolean isLayer() {
    return Files.exists(folder.resolve("dm"))
        || Files.exists(folder.resolve("md"))
        || !links("slaves").isEmpty()
        || name.matches("(zram|ram|bcache|drbd|zd|md|dm-)\\d+");
  }

  boolean isLoop() {
    return name.matches("loop\\d+");
  }

  boolean isOptical() {
    return name.matches("sr\\d+");
  }

  /** The file behind a loop device, or empty. */
  String backingFile() {
    return attribute("loop/backing_file");
  }

  /** What a layer is called in a sentence: {@code the LVM volume vg0-root}. */
  String layerName() {
    String dmName = attribute("dm/name");
    if (!dmName.isEmpty()) {
      String uuid = attribute("dm/uuid").toLowerCase(Locale.ROOT);
      String kind = "the device-mapper volume ";
      if (uuid.startsWith("lvm-")) {
        kind = "the LVM volume ";
      } else if (uuid.startsWith("crypt-")) {
        kind = uuid.startsWith("crypt-luks") ? "the LUKS volume " : "the encrypted volume ";
      } else if (uuid.startsWith("mpath-") || uuid.matches("part\\d+-mpath-.*")) {
        kind = "the multipath device ";
      } else if (uuid.startsWith("dmraid-")) {
        kind = "the RAID ";
      }
      return kind + dmName;
    }
    String level = attribute("md/level");
    if (!level.isEmpty()) {
      return "the RAID " + name + " (" + level + ")";
    }
    return "the device " + name;
  }

  /** Part of a bcache set: a cache has no holder in sysfs. */
  boolean isCacheMember() {
    return Files.exists(folder.resolve("bcache/set")) && links("holders").isEmpty();
  }

  /** The command that takes a cache out of its set (Documentation/admin-guide/bcache.rst). */
  String releaseCache() {
    return "echo 1 > /sys/class/block/" + name + "/bcache/set/stop";
  }

  /** The command that takes this layer away; empty where none is known. */
  String release() {
    String path = SysBlocks.shownPath(this);
    String dmName = attribute("dm/name");
    String uuid = attribute("dm/uuid").toLowerCase(Locale.ROOT);
    if (isLoop()) {
      return "losetup -d " + path;
    }
    if (!dmName.isEmpty()) {
      if (uuid.startsWith("lvm-")) {
        return "lvchange -an /dev/mapper/" + dmName;
      }
      if (uuid.startsWith("crypt-")) {
        return "cryptsetup close " + dmName;
      }
      return uuid.startsWith("mpath-") ? "multipath -f " + dmName : "dmsetup remove " + dmName;
    }
    if (name.startsWith("md")) {
      return "mdadm --stop " + path;
    }
    if (name.matches("bcache\\d+")) {
      return "echo 1 > /sys/class/block/" + name + "/bcache/stop";
    }
    return name.startsWith("zram") ? "zramctl --reset " + path : "";
  }

  /** The nearest folder above (this one included) that has such a file; null if none has. */
  @Nullable Path above(String file) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(file))) {
        return at;
      }
    }
    return null;
  }

  /** Whether some folder above belongs to this subsystem. */
  boolean isBelow(String subsystem) {
    for (Path at = folder; at != null; at = at.getParent()) {
      try {
        Path link = at.resolve("subsystem");
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).endsWith(subsystem)) {
          return true;
        }
      } catch (IOException e) {
        return false;
      }
    }
    return false;
  }
}
