package zeroboot.usb.windows;

/**
 * DISK_GEOMETRY_EX.
 *
 * @param bytesPerSector the logical block, in bytes
 * @param diskSize in bytes
 */
record DiskGeometryEx(long bytesPerSector, long diskSize) {
  static final int SIZE = 256;

  /** A drive without a medium. */
  static final DiskGeometryEx NO_MEDIUM = new DiskGeometryEx(512, 0);

  static DiskGeometryEx parse(byte[] bytes) {
    Structure s = new Structure(bytes);
    return new DiskGeometryEx(
        s.u32(20), // Geometry.BytesPerSector
        s.i64(24)); // DiskSize
  }
}
