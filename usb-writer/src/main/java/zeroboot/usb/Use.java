package zeroboot.usb;

import java.util.List;
import java.util.Set;

/**
 * Somebody who uses a disk right now.
 *
 * @param what the mount point, the layer's name, the pool
 * @param by the path of the device that is used: the disk, a partition, or a layer above them
 * @param isDirect whether {@code by} is the disk or one of its partitions
 * @param release the command that ends it, without what needs to be ended before; empty where none
 *     is known
 */
public record Use(Kind kind, String what, String by, boolean isDirect, String release) {
  /** Mount points without which the system does not run. */
  private static final Set<String> SYSTEM =
      Set.of("/", "/boot", "/efi", "/etc", "/home", "/nix", "/opt", "/usr", "/var");

  /** What is mounted below these belongs to it as well; the second is macOS's. */
  private static final List<String> SYSTEM_FOLDERS = List.of("/boot/", "/System/Volumes/");

  /** The ways to use a disk. */
  public enum Kind {
    MOUNT,
    SWAP,
    /** LVM, RAID, LUKS, multipath, a loop device: a block device made from this one. */
    LAYER,
    /** A file system's or volume manager's pool of several disks: ZFS, btrfs. */
    POOL,
    /** A mount that only other processes see: in a container, or after {@code unshare}. */
    NAMESPACE,
    /** The running system itself, where no mount point tells. */
    SYSTEM
  }

  /** A use that nobody knows how to end. */
  public Use(Kind kind, String what, String by, boolean isDirect) {
    this(kind, what, by, isDirect, "");
  }

  /** Whether it lasts until somebody ends it by other means than unmounting what is seen here. */
  public boolean isHold() {
    return kind == Kind.LAYER || kind == Kind.POOL || kind == Kind.NAMESPACE;
  }

  /** Whether the running system stands on it. */
  public boolean isSystem() {
    return switch (kind) {
      case SWAP, SYSTEM -> true;
      case MOUNT -> SYSTEM.contains(what) || SYSTEM_FOLDERS.stream().anyMatch(what::startsWith);
      case LAYER, POOL, NAMESPACE -> false;
    };
  }

  /** As part of a sentence: {@code mounted at /media/stick (/dev/sdb1)}. */
  public String shown() {
    return switch (kind) {
      case MOUNT -> "mounted at " + what + " (" + by + ")";
      case SWAP -> "swap (" + what + ")";
      case LAYER, POOL, NAMESPACE, SYSTEM -> what + " (" + by + ")";
    };
  }
}
