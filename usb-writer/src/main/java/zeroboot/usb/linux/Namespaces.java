package zeroboot.usb.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The mounts that other processes see and this one does not (mount_namespaces(7)). */
final class Namespaces {
  private Namespaces() {}

  /**
   * A mount in another namespace.
   *
   * @param pid a process that sees it
   */
  record Elsewhere(Mount mount, String pid, String program) {
    String shown() {
      return "a mount at "
          + mount.point()
          + " that "
          + program
          + ", process "
          + pid
          + ", has in a namespace of its own";
    }

    String release() {
      return "nsenter -t " + pid + " -m umount " + Mount.quoted(mount.point());
    }
  }

  /**
   * Each namespace once, without what goes by itself when its peer here is unmounted. The kernel
   * has the last word when a device is opened; this names who it is.
   */
  static List<Elsewhere> mounts(Path proc, List<Mount> own) {
    Set<String> seen = new HashSet<>();
    seen.add(namespace(proc.resolve("self")));
    Set<List<String>> tables = new HashSet<>();
    tables.add(SysBlocks.lines(proc.resolve("self/mountinfo")));
    List<Elsewhere> found = new ArrayList<>();
    for (String pid : SysBlock.list(proc)) {
      Path process = proc.resolve(pid);
      if (!pid.matches("\\d+") || !seen.add(namespace(process))) {
        continue;
      }
      List<String> lines = SysBlocks.lines(process.resolve("mountinfo"));
      if (!tables.add(lines)) {
        continue;
      }
      for (Mount mount : Mount.parse(lines)) {
        if (own.stream().noneMatch(mount::hearsFrom)) {
          found.add(new Elsewhere(mount, pid, SysBlock.text(process.resolve("comm"))));
        }
      }
    }
    return found;
  }

  /** {@code mnt:[4026531841]}; the folder itself for a process that does not show it. */
  private static String namespace(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("ns/mnt")).toString();
    } catch (IOException e) {
      return process.toString();
    }
  }
}
