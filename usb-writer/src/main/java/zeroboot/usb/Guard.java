package zeroboot.usb;

/** The reasons not to write to a device. The names stand in JSON and stay. */
public enum Guard {
  /** A folder, a terminal, a pipe: nothing to write an image to. */
  NOT_A_BLOCK_DEVICE,
  /** A part of a disk; firmware boots whole disks. */
  PARTITION,
  /** Made from other devices or from memory. */
  NOT_A_DISK,
  /** A CD drive. */
  OPTICAL,
  /** A reader without a card. */
  NO_MEDIUM,
  /** Beneath {@code /}, {@code /boot} and the like, or swap. */
  SYSTEM_DISK,
  /** Beneath LVM, RAID, LUKS, ZFS, multipath or another holder. */
  HELD,
  /** A file system on it is mounted. */
  MOUNTED,
  /** Write-protected. */
  READ_ONLY,
  /** Smaller than the image. */
  TOO_SMALL,
  /** Neither removable nor on a pluggable bus. */
  FIXED_DISK,
  /** The image that shall be written lies on it. */
  HOLDS_IMAGE,
  /** Not the device any more that the question was about. */
  CHANGED,
  /** Another program has it open for itself. */
  IN_USE
}
