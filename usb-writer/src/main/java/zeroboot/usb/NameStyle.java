package zeroboot.usb;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How each system names disks: a mistyped disk must not become a file of that name. */
public enum NameStyle {
  LINUX(
      "Linux",
      "/dev/sdX",
      "(?:sd|vd|hd|xvd)[a-z]{1,2}\\d*|(?:nvme\\d+n|mmcblk|loop|sr)\\d+(?:p\\d+)?"),
  MACOS("macOS", "/dev/diskN", "r?disk\\d+(?:s\\d+)*"),
  WINDOWS(
      "Windows",
      "\\\\.\\PhysicalDriveN",
      "(?i)[\\\\/]{2}[.?][\\\\/].*|PhysicalDrive\\d+[\\\\/]?|CdRom\\d+[\\\\/]?|[a-z]:[\\\\/]?");

  private static final String DEV = "/dev";

  private final String system;
  private final String example;
  private final Pattern pattern;

  NameStyle(String system, String example, String pattern) {
    this.system = system;
    this.example = example;
    this.pattern = Pattern.compile(pattern);
  }

  /** The style of the system that this program runs on. */
  public static NameStyle current() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return WINDOWS;
    }
    return name.startsWith("mac") ? MACOS : LINUX;
  }

  /** Whether a name can mean nothing but a device here, be it there or not. */
  public boolean namesDevice(String name) {
    return this == WINDOWS
        ? pattern.matcher(name).matches()
        : Path.of(name).toAbsolutePath().normalize().startsWith(DEV);
  }

  /**
   * What to write instead of a name that means a disk elsewhere, or without its folder; else empty.
   */
  public Optional<String> mend(String name) {
    if (this != WINDOWS && pattern.matcher(name).matches()) {
      return Optional.of("for the disk write " + DEV + "/" + name + ", for a file ./" + name);
    }
    String bare = name.startsWith(DEV + "/") ? name.substring(DEV.length() + 1) : name;
    for (NameStyle other : values()) {
      boolean isTheirs = other.pattern.matcher(other == WINDOWS ? name : bare).matches();
      if (other != this && isTheirs) {
        String words = "on " + system + " a disk is named like " + example;
        return Optional.of(words + "; zboot devices lists them; for a file write ./" + name);
      }
    }
    return Optional.empty();
  }
}
