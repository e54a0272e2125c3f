package zeroboot.image.mbr;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * One partition of a master boot record, 16 bytes (UEFI specification section 5.2.1, table "Legacy
 * MBR Partition Record").
 *
 * @param active whether a BIOS boot code should start it
 * @param start first sector
 * @param type OS type: {@link #EFI_SYSTEM}, {@link #FAT12}, …
 * @param end last sector
 * @param startingLba first sector, 512 bytes each
 * @param sizeInLba number of sectors
 */
public record PartitionRecord(
    boolean active, ChsAddress start, int type, ChsAddress end, long startingLba, long sizeInLba) {
  /** Size on disk. */
  public static final int BYTES = 16;

  /** UEFI system partition (UEFI specification section 5.2.2). */
  public static final int EFI_SYSTEM = 0xEF;

  /** FAT12 that starts in the first 32 MiB. */
  public static final int FAT12 = 0x01;

  /** Stands for all that a GUID partition table describes (UEFI specification section 5.2.3). */
  public static final int GPT_PROTECTIVE = 0xEE;

  /**
   * The one partition of a disk with a GUID partition table (UEFI specification section 5.2.3,
   * table "Protective MBR Partition Record").
   *
   * @param sizeInLba sectors of the disk, less the first
   */
  public static PartitionRecord protective(long sizeInLba) {
    return new PartitionRecord(
        false, ChsAddress.of(1), GPT_PROTECTIVE, ChsAddress.of(sizeInLba), 1, sizeInLba);
  }

  /** An active partition at this place. */
  public static PartitionRecord active(int type, long startingLba, long sizeInLba) {
    ChsAddress end = ChsAddress.of(startingLba + sizeInLba - 1);
    return new PartitionRecord(true, ChsAddress.of(startingLba), type, end, startingLba, sizeInLba);
  }

  void writeTo(SpecWriter w) {
    w.u8(active ? 0x80 : 0x00); // +0 BootIndicator
    start.writeTo(w); // +1 StartingCHS
    w.u8(type); // +4 OSType
    end.writeTo(w); // +5 EndingCHS
    w.le32(startingLba); // +8 StartingLBA
    w.le32(sizeInLba); // +12 SizeInLBA
  }

  static PartitionRecord read(SpecReader r) {
    int indicator = r.u8(0);
    r.require(
        indicator == 0x80 || indicator == 0,
        "boot indicator " + indicator + " is neither 0 nor 128");
    return new PartitionRecord(
        indicator == 0x80,
        ChsAddress.read(r, 1),
        r.u8(4),
        ChsAddress.read(r, 5),
        r.le32(8),
        r.le32(12));
  }
}
