package zeroboot.usb.probe;

import static zeroboot.usb.probe.Spot.at;
import static zeroboot.usb.probe.Spot.atStart;

import java.util.ArrayList;
import java.util.List;
import zeroboot.usb.probe.Spot.Anchor;

/**
 * The formats, each from its own definition: the Linux kernel's headers (ext4, XFS, btrfs, F2FS,
 * swap, md), the LUKS and UEFI specifications, ECMA-119, ECMA-167, SNIA DDF, OpenZFS's vdev label.
 */
final class Marks {
  /** The second header of LUKS 2 lies behind the first, whose size is one of these. */
  private static final int[] LUKS_SECOND = {
    0x4000, 0x8000, 0x10000, 0x20000, 0x40000, 0x80000, 0x100000, 0x200000, 0x400000
  };

  private static final int ZFS_LABEL = 256 << 10;

  static final List<Mark> PARTITION_TABLES =
      List.of(
          Mark.of(
              "GPT",
              at(Anchor.SECOND_BLOCK, 0, 0, "EFI PART", 512),
              at(Anchor.LAST_BLOCK, 0, 0, "EFI PART", 512)));

  static final List<Mark> CONTENTS = contents();

  private Marks() {}

  private static List<Mark> contents() {
    List<Mark> all = new ArrayList<>();
    all.addAll(layers());
    all.addAll(fileSystems());
    return List.copyOf(all);
  }

  private static List<Mark> layers() {
    String md = "0xfc4e2ba9";
    return List.of(
        luks(),
        Mark.of("BitLocker", atStart(0, 3, "-FVE-FS-", 512)),
        Mark.of(
            "LVM",
            atStart(512, 24, "LVM2 001", 512),
            atStart(0, 24, "LVM2 001", 512),
            atStart(1024, 24, "LVM2 001", 512),
            atStart(1536, 24, "LVM2 001", 512)),
        Mark.of("Linux RAID", atStart(4096, 0, md, 4096)).withLabel(32, 32), // 1.2
        Mark.of("Linux RAID", atStart(0, 0, md, 4096)).withLabel(32, 32), // 1.1
        Mark.of("Linux RAID", at(Anchor.MD_10, 0, 0, md, 4096)).withLabel(32, 32),
        Mark.of("Linux RAID", at(Anchor.MD_090, 0, 0, md, 4096)),
        Mark.of("Intel RAID", at(Anchor.END, -1024, 0, "Intel Raid ISM Cfg Sig. ", 512)),
        Mark.of("DDF RAID", at(Anchor.END, -512, 0, "0xde11de11", 512)),
        zfs(),
        Mark.of("bcache", atStart(4096, 24, "0xc68573f64e1a45ca8265f57f48ba6d81", 4096)),
        Mark.of("Ceph", atStart(0, 0, "bluestore block device", 4096)));
  }

  private static List<Mark> fileSystems() {
    return List.of(
        Mark.of("ext2/3/4", atStart(1024, 56, "0x53ef", 1024)).withLabel(120, 16),
        Mark.of("XFS", atStart(0, 0, "XFSB", 512)).withLabel(108, 12),
        Mark.of(
                "btrfs",
                atStart(64 << 10, 64, "_BHRfS_M", 4096),
                atStart(64 << 20, 64, "_BHRfS_M", 4096),
                atStart(256L << 30, 64, "_BHRfS_M", 4096))
            .withLabel(0x12b, 256),
        Mark.of("bcachefs", atStart(4096, 24, "0xc68573f666ce90a9d96a60cf803df7ef", 4096)),
        Mark.of("F2FS", atStart(1024, 0, "0x1020f5f2", 1024)),
        Mark.of("NTFS", atStart(0, 3, "NTFS    ", 512)),
        Mark.of("exFAT", atStart(0, 3, "EXFAT   ", 512)),
        Mark.of("FAT32", atStart(0, 82, "FAT32   ", 512)).withLabel(71, 11),
        Mark.of("FAT16", atStart(0, 54, "FAT16   ", 512)).withLabel(43, 11),
        Mark.of("FAT12", atStart(0, 54, "FAT12   ", 512)).withLabel(43, 11),
        Mark.of("ISO 9660", atStart(32768, 1, "CD001", 2048)).withLabel(40, 32),
        Mark.of(
            "UDF",
            atStart(34816, 1, "NSR0", 2048),
            atStart(36864, 1, "NSR0", 2048),
            atStart(38912, 1, "NSR0", 2048)),
        Mark.of("HFS+", atStart(1024, 0, "H+", 512), at(Anchor.END, -1024, 0, "H+", 512)),
        Mark.of("APFS", atStart(0, 32, "NXSB", 4096)),
        Mark.of("SquashFS", atStart(0, 0, "hsqs", 512)),
        Mark.of("swap", atStart(0, 4086, "SWAPSPACE2", 4096)).withLabel(1052, 16));
  }

  private static Mark luks() {
    List<Spot> spots = new ArrayList<>();
    spots.add(atStart(0, 0, "0x4c554b53babe", 4096));
    for (int second : LUKS_SECOND) {
      spots.add(atStart(second, 0, "0x534b554cbabe", 4096));
    }
    return new Mark("LUKS", spots, -1, 0);
  }

  /**
   * Four labels; each begins, after 16 KiB, with a list of names and values whose first is this.
   */
  private static Mark zfs() {
    String magic = "0x0000000776657273696f6e"; // XDR: the length 7 and "version"
    int offset = (16 << 10) + 20;
    return Mark.of(
        "ZFS",
        atStart(0, offset, magic, ZFS_LABEL),
        atStart(ZFS_LABEL, offset, magic, ZFS_LABEL),
        at(Anchor.ZFS_END, -2 * ZFS_LABEL, offset, magic, ZFS_LABEL),
        at(Anchor.ZFS_END, -ZFS_LABEL, offset, magic, ZFS_LABEL));
  }
}
