package zeroboot.usb.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zeroboot.usb.Device;
import zeroboot.usb.Partition;

/** Who has a device open: a help for people, from {@code /proc}; it may see nobody. */
final class Openers {
  private Openers() {}

  /** {@code (dd, process 4711)}, or empty. */
  static String of(Device device) {
    Set<String> paths =
        device.contents().partitions().stream()
            .map(Partition::name)
            .map(name -> "/dev/" + name)
            .collect(Collectors.toCollection(TreeSet::new));
    paths.add(device.path());
    Set<String> found = new TreeSet<>();
    for (String pid : SysBlock.list(Path.of("/proc"))) {
      if (pid.matches("\\d+") && hasOpen(Path.of("/proc", pid, "fd"), paths)) {
        found.add(SysBlock.text(Path.of("/proc", pid, "comm")) + ", process " + pid);
      }
    }
    return found.isEmpty() ? "" : " (" + String.join("; ", found) + ")";
  }

  private static boolean hasOpen(Path folder, Set<String> paths) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        if (paths.contains(target(file))) {
          return true;
        }
      }
    } catch (IOException e) {
      // It ended, or it is another user's.
      return false;
    }
    return false;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
