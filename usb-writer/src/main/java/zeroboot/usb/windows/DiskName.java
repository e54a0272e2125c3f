package zeroboot.usb.windows;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways to name disks and volumes, whichever way the slashes lean and the letters are. */
final class DiskName {
  private static final Pattern DISK =
      Pattern.compile("(?i)(?:[\\\\/]{2}[.?][\\\\/])?PhysicalDrive(\\d{1,4})[\\\\/]?");
  private static final Pattern LETTER =
      Pattern.compile("(?i)(?:[\\\\/]{2}[.?][\\\\/])?([a-z]):[\\\\/]?");
  private static final Pattern OPTICAL =
      Pattern.compile("(?i)(?:[\\\\/]{2}[.?][\\\\/])?CdRom\\d+[\\\\/]?");
  private static final Pattern NAMESPACE = Pattern.compile("[\\\\/]{2}[.?][\\\\/].*");

  private DiskName() {}

  static String of(long number) {
    return "\\\\.\\PhysicalDrive" + number;
  }

  /** The number of a disk; negative if it is not named so. */
  static int number(String name) {
    Matcher matcher = DISK.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  /** {@code E:\}; empty if it is no drive letter. */
  static String letter(String name) {
    Matcher matcher = LETTER.matcher(name);
    return matcher.matches() ? matcher.group(1).toUpperCase(java.util.Locale.ROOT) + ":\\" : "";
  }

  static boolean isOptical(String name) {
    return OPTICAL.matcher(name).matches();
  }

  /** Whether it names something else than a file. */
  static boolean isDevice(String name) {
    return NAMESPACE.matcher(name).matches();
  }
}
