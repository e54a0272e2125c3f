package zeroboot.image.mbr;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * A cylinder, head and sector address, 3 bytes (UEFI specification section 5.2.1, table "Legacy MBR
 * Partition Record", StartingCHS and EndingCHS).
 *
 * @param cylinder 0 to 1023
 * @param head 0 to 254
 * @param sector 1 to 63
 */
public record ChsAddress(int cylinder, int head, int sector) {
  /** The geometry that BIOSes assume of every disk whose size is beyond real geometry. */
  public static final int HEADS = 255;

  /** Sectors of one track in that geometry. */
  public static final int SECTORS_PER_TRACK = 63;

  /** Stands for every address that three bytes cannot hold: FE FF FF on disk. */
  public static final ChsAddress BEYOND = new ChsAddress(1023, 254, 63);

  /** The address of sector {@code lba}, or {@link #BEYOND}. */
  public static ChsAddress of(long lba) {
    long cylinder = lba / (HEADS * SECTORS_PER_TRACK);
    if (cylinder > 1023) {
      return BEYOND;
    }
    return new ChsAddress(
        (int) cylinder,
        (int) (lba / SECTORS_PER_TRACK % HEADS),
        (int) (lba % SECTORS_PER_TRACK) + 1);
  }

  void writeTo(SpecWriter w) {
    w.u8(head);
    w.u8(((cylinder >> 2) & 0xC0) | sector); // bits 6 and 7: bits 8 and 9 of the cylinder
    w.u8(cylinder & 0xFF);
  }

  static ChsAddress read(SpecReader r, int at) {
    int second = r.u8(at + 1);
    return new ChsAddress(((second & 0xC0) << 2) | r.u8(at + 2), r.u8(at), second & 0x3F);
  }
}
