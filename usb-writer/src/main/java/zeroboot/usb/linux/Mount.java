package zeroboot.usb.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code /proc/PID/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param number {@code major:minor}; not of a block device for btrfs, ZFS, overlays
 * @param point the mount point
 * @param peers optional fields such as {@code shared:5} and {@code master:5}: which groups of
 *     mounts hear of each other
 * @param type of file system
 * @param source mostly a device's path
 */
record Mount(String number, String point, List<String> peers, String type, String source) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  /** All mounts of this process, the oldest first. */
  static List<Mount> all(Path proc) {
    return parse(SysBlocks.lines(proc.resolve("self/mountinfo")));
  }

  static List<Mount> parse(List<String> lines) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      int separator = List.of(words).indexOf("-");
      if (separator > 5 && words.length > separator + 2) {
        mounts.add(
            new Mount(
                words[2],
                unescape(words[4]),
                List.of(words).subList(6, separator),
                words[separator + 1],
                unescape(words[separator + 2])));
      }
    }
    return mounts;
  }

  /** Whether it goes by itself when this mount is undone (mount_namespaces(7)). */
  boolean hearsFrom(Mount other) {
    return other.peers.stream()
        .filter(field -> field.startsWith("shared:"))
        .map(field -> field.substring("shared:".length()))
        .anyMatch(group -> peers.contains("shared:" + group) || peers.contains("master:" + group));
  }

  /** The mount that a file is in; the youngest of those at the same place. */
  static Mount of(Path file, List<Mount> mounts) {
    Mount best = new Mount("", "/", List.of(), "", "");
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

  /** The command that undoes it. */
  String release() {
    return "umount " + quoted(point);
  }

  /** As a shell takes it for one word. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9/._:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
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
