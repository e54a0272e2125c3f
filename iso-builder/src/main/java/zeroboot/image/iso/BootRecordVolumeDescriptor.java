package zeroboot.image.iso;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * Boot record volume descriptor as El Torito uses it (El Torito figure 7, ECMA-119 section 8.2),
 * 2048 bytes. It has to be in block 17 (El Torito section 2.0).
 *
 * @param catalogBlock first block of the boot catalog
 */
record BootRecordVolumeDescriptor(long catalogBlock) {
  static final int TYPE = 0;

  private static final int SYSTEM = VolumeDescriptor.HEAD;
  private static final int CATALOG = 71;

  private static final String SYSTEM_ID = "EL TORITO SPECIFICATION";

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(PrimaryVolumeDescriptor.BLOCK);
    VolumeDescriptor.begin(w, TYPE); // boot record indicator, ISO-9660 identifier, version
    w.at(SYSTEM).ascii(SYSTEM_ID); // boot system identifier, padded with zeros
    w.zerosTo(39);
    w.at(39).zeros(32); // unused
    w.at(CATALOG).le32(catalogBlock); // absolute pointer to first sector of boot catalog
    w.at(75).zeros(1973); // unused
    return w.endsAt(PrimaryVolumeDescriptor.BLOCK);
  }

  /** Whether the boot record in {@code r} is one of El Torito. */
  static boolean isElTorito(SpecReader r) {
    return r.text(SYSTEM, SYSTEM_ID.length()).equals(SYSTEM_ID);
  }

  static BootRecordVolumeDescriptor read(SpecReader r) {
    return new BootRecordVolumeDescriptor(r.le32(CATALOG));
  }
}
