package zeroboot.usb.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All block devices of a machine at one moment. */
final class SysBlocks {
  private final Map<String, SysBlock> byName = new LinkedHashMap<>();
  private final Path root;

  private SysBlocks(Path root) {
    this.root = root;
  }

  /** Reads {@code sys/class/block} below the root of a machine's files. */
  static SysBlocks read(Path root) {
    SysBlocks blocks = new SysBlocks(root);
    Path folder = root.resolve("sys/class/block");
    for (String name : SysBlock.list(folder)) {
      Path real = realPath(folder.resolve(name));
      if (real != null) {
        blocks.byName.put(name, new SysBlock(name, real));
      }
    }
    return blocks;
  }

  /** Null if it was pulled out a moment ago. */
  private static @Nullable Path realPath(Path link) {
    try {
      return link.toRealPath();
    } catch (IOException e) {
      return null;
    }
  }

  Collection<SysBlock> all() {
    return byName.values();
  }

  @Nullable SysBlock named(String name) {
    return byName.get(name);
  }

  /** The device of a {@code major:minor}, if it is one. */
  @Nullable SysBlock numbered(String number) {
    for (SysBlock block : all()) {
      if (block.attribute("dev").equals(number)) {
        return block;
      }
    }
    return null;
  }

  /** The device of a path such as {@code /dev/mapper/vg0-root}, links followed. */
  @Nullable SysBlock at(String path) {
    if (!path.startsWith("/dev/")) {
      return null;
    }
    Path file = root.resolve(path.substring(1));
    Path dev = root.resolve("dev");
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file;
      Path realDev = Files.exists(dev) ? dev.toRealPath() : dev;
      return real.startsWith(realDev) ? named(sysfsName(realDev.relativize(real))) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** sysfs writes {@code !} where a device's name has a slash. */
  private static String sysfsName(Path underDev) {
    return underDev.toString().replace('/', '!');
  }

  /** Where a device is opened. */
  Path path(SysBlock block) {
    return root.resolve("dev").resolve(block.name().replace('!', '/'));
  }

  /** The same as text, for messages. */
  static String shownPath(SysBlock block) {
    return "/dev/" + block.name().replace('!', '/');
  }

  /** The lines of a file; none if it can't be read. */
  static List<String> lines(Path file) {
    return new String(SysBlock.bytes(file), StandardCharsets.UTF_8).lines().toList();
  }
}
