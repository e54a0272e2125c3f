package zeroboot.usb;

import java.util.List;
import java.util.Locale;

/**
 * What lies at a path that somebody wants to write to, and all that is known of it.
 *
 * @param path where it is opened: {@code /dev/sdb}, {@code /dev/disk4}, {@code \\.\PhysicalDrive1};
 *     text, since a path in Java adds a backslash to the last
 * @param name the system's short name, {@code sdb}
 * @param ids names that mean this device wherever it is plugged in, the most telling first; on
 *     Linux links in {@code /dev/disk/by-id}
 * @param disk the path of the disk that a partition is a part of; empty for all else
 * @param uses who uses it, or a part of it, right now
 */
public record Device(
    Kind kind,
    String path,
    String name,
    String disk,
    List<String> ids,
    Bus bus,
    Product product,
    Geometry geometry,
    Identity identity,
    Contents contents,
    List<Use> uses) {

  /** What kind of thing it is. */
  public enum Kind {
    DISK,
    PARTITION,
    /** A block device that is made from others, or from memory. */
    LAYER,
    OPTICAL,
    FILE,
    /** A folder, a terminal, a pipe… */
    OTHER
  }

  /** The same with these uses. */
  public Device withUses(List<Use> found) {
    return new Device(
        kind, path, name, disk, ids, bus, product, geometry, identity, contents, found);
  }

  /** Size in bytes. */
  public long size() {
    return geometry.size();
  }

  /** Whether it belongs in the list that a farmer sees: pluggable, and not under the system. */
  public boolean isLikelyStick() {
    return kind == Kind.DISK
        && (bus.isPluggable() || geometry.isRemovable())
        && uses.stream().noneMatch(Use::isSystem);
  }

  /**
   * What a person types to show that this is the device meant: its serial, or where it has none its
   * size and model; for a file, its name.
   */
  public String challenge() {
    if (kind == Kind.FILE) {
      return name;
    }
    if (!product.serial().isEmpty()) {
      return product.serial();
    }
    String model = product.name().isEmpty() ? name : product.name();
    return Sizes.shown(size()) + " " + model;
  }

  /** Whether {@code answer} names this device: what is asked for, or one of its ids. */
  public boolean isNamedBy(String answer) {
    String words = String.join(" ", answer.strip().split("\\s+", -1));
    return words.equals(challenge())
        || ids.stream()
            .anyMatch(id -> words.equals(id) || (!words.isEmpty() && id.endsWith("/" + words)));
  }

  /** One line for a person: {@code /dev/sdb, 15.5 GB USB SanDisk Ultra, serial 4C53…}. */
  public String shown() {
    if (kind == Kind.FILE) {
      return path + ", a file of " + Sizes.shown(size());
    }
    StringBuilder text = new StringBuilder(path);
    text.append(String.format(Locale.ROOT, ", %s %s", Sizes.shown(size()), bus.shown()));
    if (!product.name().isEmpty()) {
      text.append(' ').append(product.name());
    }
    if (!product.serial().isEmpty()) {
      text.append(", serial ").append(product.serial());
    }
    return text.toString();
  }
}
