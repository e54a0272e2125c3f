package zeroboot.image.iso;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * Initial/default entry or section entry of a boot catalog, 32 bytes (El Torito sections 2.2 and
 * 2.4, figures 3 and 5).
 *
 * @param bootable whether firmware may start it
 * @param mediaType what the firmware is to emulate, 0 for nothing
 * @param loadSegment where a BIOS loads it, 0 for 7C0
 * @param sectorCount what a BIOS loads; for UEFI the size of the system partition (UEFI
 *     specification, section "ISO-9660 and El Torito"). In sectors of 512 bytes
 * @param block where the image begins, in blocks of 2048 bytes
 */
public record BootEntry(
    boolean bootable, int mediaType, int loadSegment, int sectorCount, long block) {
  static final int BYTES = 32;

  private static final int BOOTABLE = 0x88;
  private static final int NO_EMULATION = 0;

  /** An entry whose image is no floppy and no disk but simply bytes. */
  public static BootEntry noEmulation(int sectorCount, long block) {
    return new BootEntry(true, NO_EMULATION, 0, sectorCount, block);
  }

  void writeTo(SpecWriter w) {
    w.u8(bootable ? BOOTABLE : 0); // +0 boot indicator
    w.u8(mediaType); // +1 boot media type
    w.le16(loadSegment); // +2 load segment
    w.u8(0); // +4 system type, of an emulated hard disk
    w.u8(0); // +5 unused
    w.le16(sectorCount); // +6 sector count
    w.le32(block); // +8 load RBA
    w.zeros(20); // +12 unused; in a section entry: selection criteria, none
  }

  static BootEntry read(SpecReader r) {
    int indicator = r.u8(0);
    r.require(indicator == BOOTABLE || indicator == 0, "boot indicator " + indicator);
    return new BootEntry(indicator == BOOTABLE, r.u8(1) & 0x0F, r.le16(2), r.le16(6), r.le32(8));
  }
}
