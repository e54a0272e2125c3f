package zeroboot.image.mbr;

import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * One partition of a master boot record, 16 bytes (UEFI specification section 5.2.1, table "Legacy
 * MBR Partition Record").
 *
 * @param isActive whether a BIOS boot code should start it
 * @param start first sector
 * @param type OS type: {@link #EFI_SYSTEM}, {@link #FAT12}, …
 * @param end last sector
 * @param startingLba first sector, 512 bytes each
 * @param sizeInLba number of sectors
 */
public record PartitionRecord(
    boolean isActive,
    ChsAddress start,
    int type,
    ChsAddress end,
    long startingLba,
    long sizeInLba) {
  /** Size on disk. */
  public static final int BYTES = 16;

  /** UEFI system partition (UEFI specification section 5.2.2). */
  public static final int EFI_SYSTEM = 0xEF;

  /** FAT12 that starts in the first 32 MiB. */
  public static final int FAT12 = 0x01;

  /** Stands for all that a GUID partition table describes (UEFI specification section 5.2.3). */
  public static final int GPT_PROTECTIVE = 0xEE;

  private static final int BOOT_INDICATOR = 0;
  private static final int STARTING_CHS = 1;
  private static final int OS_TYPE = 4;
  private static final int ENDING_CHS = 5;
  private static final int STARTING_LBA = 8;
  private static final int SIZE_IN_LBA = 12;

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

  /** Where the partition begins, in bytes. */
  public long offset() {
    return startingLba * Units.SECTOR;
  }

  /** How long the partition is, in bytes. */
  public long length() {
    return sizeInLba * Units.SECTOR;
  }

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(BYTES);
    w.at(BOOT_INDICATOR).u8(isActive ? 0x80 : 0x00); // BootIndicator
    w.at(STARTING_CHS);
    start.writeTo(w); // StartingCHS
    w.at(OS_TYPE).u8(type); // OSType
    w.at(ENDING_CHS);
    end.writeTo(w); // EndingCHS
    w.at(STARTING_LBA).le32(startingLba); // StartingLBA
    w.at(SIZE_IN_LBA).le32(sizeInLba); // SizeInLBA
    return w.endsAt(BYTES);
  }

  /** Whether a record can stand there. */
  static boolean isOne(SpecReader sector, int at) {
    int indicator = sector.u8(at + BOOT_INDICATOR);
    return indicator == 0 || indicator == 0x80;
  }

  static int type(SpecReader sector, int at) {
    return sector.u8(at + OS_TYPE);
  }

  static PartitionRecord read(SpecReader r) {
    int indicator = r.u8(BOOT_INDICATOR);
    r.require(
        indicator == 0x80 || indicator == 0,
        "boot indicator " + indicator + " is neither 0 nor 128");
    return new PartitionRecord(
        indicator == 0x80,
        ChsAddress.read(r, STARTING_CHS),
        r.u8(OS_TYPE),
        ChsAddress.read(r, ENDING_CHS),
        r.le32(STARTING_LBA),
        r.le32(SIZE_IN_LBA));
  }
}
