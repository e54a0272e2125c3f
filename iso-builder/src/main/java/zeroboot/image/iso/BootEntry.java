package zeroboot.image.iso;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * Initial/default entry or section entry of a boot catalog, 32 bytes (El Torito sections 2.2 and
 * 2.4, figures 3 and 5).
 *
 * @param isBootable whether firmware may start it
 * @param mediaType what the firmware is to emulate, 0 for nothing
 * @param loadSegment where a BIOS loads it, 0 for 7C0
 * @param sectorCount what a BIOS loads; for UEFI the size of the system partition (UEFI
 *     specification, section "ISO-9660 and El Torito"). In sectors of 512 bytes
 * @param block where the image begins, in blocks of 2048 bytes
 */
public record BootEntry(
    boolean isBootable, int mediaType, int loadSegment, int sectorCount, long block) {
  static final int BYTES = 32;

  private static final int INDICATOR = 0;
  private static final int MEDIA_TYPE = 1;
  private static final int LOAD_SEGMENT = 2;
  private static final int SECTOR_COUNT = 6;
  private static final int LOAD_RBA = 8;

  private static final int BOOTABLE = 0x88;
  private static final int NO_EMULATION = 0;

  /** An entry whose image is no floppy and no disk but simply bytes. */
  public static BootEntry noEmulation(int sectorCount, long block) {
    return new BootEntry(true, NO_EMULATION, 0, sectorCount, block);
  }

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(BYTES);
    w.at(INDICATOR).u8(isBootable ? BOOTABLE : 0); // boot indicator
    w.at(MEDIA_TYPE).u8(mediaType); // boot media type
    w.at(LOAD_SEGMENT).le16(loadSegment); // load segment
    w.at(4).u8(0); // system type, of an emulated hard disk
    w.at(5).u8(0); // unused
    w.at(SECTOR_COUNT).le16(sectorCount); // sector count
    w.at(LOAD_RBA).le32(block); // load RBA
    w.at(12).zeros(20); // unused; in a section entry: selection criteria, none
    return w.endsAt(BYTES);
  }

  static BootEntry read(SpecReader r) {
    int indicator = r.u8(INDICATOR);
    r.require(indicator == BOOTABLE || indicator == 0, "boot indicator " + indicator);
    return new BootEntry(
        indicator == BOOTABLE,
        r.u8(MEDIA_TYPE) & 0x0F,
        r.le16(LOAD_SEGMENT),
        r.le16(SECTOR_COUNT),
        r.le32(LOAD_RBA));
  }
}
