package zeroboot.usb.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code /proc/self/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param number {@code major:minor}; not of a block device for btrfs, ZFS, overlays
 * @param point the mount point
 * @param type of file system
 * @param source mostly a device's path
 */
record Mount(String number, String point, String type, String source) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  /** All mounts, the oldest first. */
  static List<Mount> all(Path proc) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : SysBlocks.lines(proc.resolve("self/mountinfo"))) {
      String[] words = line.split(" ", -1);
      int separator = List.of(words).indexOf("-");
      if (separator > 5 && words.length > separator + 2) {
        mounts.add(
            new Mount(
                words[2],
                unescape(words[4]),
                words[separator + 1],
                unescape(words[separator + 2])));
      }
    }
    return mounts;
  }

  /** The mount that a file is in; the youngest of those at the same place. */
  static Mount of(Path file, List<Mount> mounts) {
    Mount best = new Mount("", "/", "", "");
    for (Mount mount : mounts) {
      if (file.startsWith(file.getFileSystem().getPath(mount.point))
          && mount.point.length() >= best.point.length()) {
        best = mount;
      }
    }
    return best;
  }

  /** The order to unmount in: what was mounted last, and lies deepest, first. */
  static List<Mount> youngestFirst(List<Mount> mounts) {
    List<Mount> order = new ArrayList<>(mounts);
    java.util.Collections.reverse(order);
    order.sort(Comparator.comparingInt((Mount mount) -> -mount.point.length()));
    return order;
  }

  /** Space, tab, line feed and backslash stand as three octal digits. */
  static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }
}
