package zeroboot.usb.windows;

import java.util.ArrayList;
import java.util.List;

/** VOLUME_DISK_EXTENTS: the parts of disks that a volume consists of. */
record VolumeDiskExtents(List<DiskExtent> extents) {
  private static final int EXTENT = 24;

  /** Room for a volume over 32 disks. */
  static final int SIZE = 8 + 32 * EXTENT;

  /**
   * DISK_EXTENT.
   *
   * @param startingOffset in bytes from the start of the disk
   */
  record DiskExtent(long diskNumber, long startingOffset) {}

  static VolumeDiskExtents parse(byte[] bytes) {
    Structure s = new Structure(bytes);
    long count = Math.min(s.u32(0), bytes.length / EXTENT); // NumberOfDiskExtents
    List<DiskExtent> extents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = 8 + (long) i * EXTENT; // Extents
      extents.add(new DiskExtent(s.u32(at), s.i64(at + 8))); // DiskNumber, StartingOffset
    }
    return new VolumeDiskExtents(List.copyOf(extents));
  }
}
