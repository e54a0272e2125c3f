package zeroboot.usb.windows;

import java.util.List;
import java.util.Locale;

/**
 * A volume: what has a drive letter.
 *
 * @param name {@code \\?\Volume{…}\}
 * @param mountPoints {@code E:\}; none if it is hidden
 */
record Volume(
    String name,
    List<String> mountPoints,
    Win32.VolumeInformation information,
    VolumeDiskExtents extents) {
  /** As a device that can be opened: the name without its last backslash. */
  String device() {
    return name.substring(0, name.length() - 1);
  }

  boolean isOn(long disk) {
    return extents.extents().stream().anyMatch(extent -> extent.diskNumber() == disk);
  }

  boolean spansDisks() {
    return extents.extents().stream()
            .map(VolumeDiskExtents.DiskExtent::diskNumber)
            .distinct()
            .count()
        > 1;
  }

  /** How much of a path is the place where this volume is mounted; 0 if the file lies elsewhere. */
  int reach(String path) {
    String folder = (path + "\\").toLowerCase(Locale.ROOT);
    return mountPoints.stream()
        .filter(point -> folder.startsWith(point.toLowerCase(Locale.ROOT)))
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  /** What a person knows it by. */
  String shown() {
    return mountPoints.isEmpty() ? name : mountPoints.get(0);
  }
}
