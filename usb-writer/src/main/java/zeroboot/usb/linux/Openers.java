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

  /** Other processes that have it, or a part of it, open for writing. */
  static String writers(Device device) {
    Set<String> numbers = new TreeSet<>();
    numbers.add(device.identity().number());
    for (Partition partition : device.contents().partitions()) {
      numbers.add(SysBlock.text(Path.of("/sys/class/block", partition.name(), "dev")));
    }
    Set<String> found = new TreeSet<>();
    String own = Long.toString(ProcessHandle.current().pid());
    for (String pid : SysBlock.list(Path.of("/proc"))) {
      if (pid.matches("\\d+") && !pid.equals(own)) {
        Path process = Path.of("/proc", pid);
        for (Path file : files(process.resolve("fd"))) {
          if (isDevice(file, numbers) && isForWriting(process, file)) {
            found.add(SysBlock.text(process.resolve("comm")) + ", process " + pid);
          }
        }
      }
    }
    return found.isEmpty() ? "" : " (" + String.join("; ", found) + ")";
  }

  /** Looks only at what is called a device, since asking about a file may wait for a server. */
  private static boolean isDevice(Path file, Set<String> numbers) {
    if (!target(file).startsWith("/dev/")) {
      return false;
    }
    try {
      return numbers.contains(UnixStat.of(file).device());
    } catch (IOException e) {
      return false; // closed since
    }
  }

  /** The access mode are the last two bits of the flags, which are octal (proc_pid_fdinfo(5)). */
  private static boolean isForWriting(Path process, Path file) {
    for (String line : SysBlocks.lines(process.resolve("fdinfo").resolve(file.getFileName()))) {
      if (line.startsWith("flags:")) {
        return !line.matches("flags:\\s*[0-7]*[04]");
      }
    }
    return false;
  }

  private static boolean hasOpen(Path folder, Set<String> paths) {
    return files(folder).stream().anyMatch(file -> paths.contains(target(file)));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      return List.of(); // it ended, or it is another user's
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
