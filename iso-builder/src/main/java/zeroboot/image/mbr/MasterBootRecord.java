package zeroboot.image.mbr;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * The first sector of a disk, 512 bytes (UEFI specification section 5.2.1, table "Legacy MBR").
 *
 * @param bootCode 440 bytes that a BIOS loads to 0000:7C00 and starts
 * @param diskSignature tells disks apart, 32 bits
 * @param partitions in use, at most 4
 */
public record MasterBootRecord(
    byte[] bootCode, long diskSignature, List<PartitionRecord> partitions) {
  /** Size on disk. */
  public static final int BYTES = 512;

  /** Where a boot code ends and the table begins, from the start of the sector. */
  public static final int TABLE_OFFSET = 440;

  private static final int PARTITIONS = 446;
  private static final int SIGNATURE = 510;

  /** 55 AA. */
  private static final int MARK = 0xAA55;

  private static final int SLOTS = 4;

  /** Where the record of partition {@code number} stands, counted from 1, in the sector. */
  public static int recordOffset(int number) {
    return PARTITIONS + (number - 1) * PartitionRecord.BYTES;
  }

  /** Refuses what does not fit the sector. */
  public MasterBootRecord {
    partitions = List.copyOf(partitions);
    if (bootCode.length != TABLE_OFFSET || partitions.size() > SLOTS) {
      throw new IllegalArgumentException(
          bootCode.length + " bytes of code, " + partitions.size() + " partitions");
    }
  }

  /**
   * A record around the code in the first 440 bytes of {@code sector}; what else stands there is
   * dropped.
   */
  public static MasterBootRecord around(
      byte[] sector, long diskSignature, PartitionRecord partition) {
    byte[] code = Arrays.copyOf(sector, TABLE_OFFSET);
    return new MasterBootRecord(code, diskSignature, List.of(partition));
  }

  /**
   * A record for a disk that no BIOS can boot: its code hands the machine back, so that the
   * firmware tries its next boot device.
   */
  public static MasterBootRecord withoutBootCode(long diskSignature, PartitionRecord partition) {
    byte[] code = {(byte) 0xCD, 0x18, (byte) 0xF4, (byte) 0xEB, (byte) 0xFD}; // int 18h; hlt; loop
    return around(code, diskSignature, partition);
  }

  /** The sector. */
  public byte[] toBytes() {
    SpecWriter w = new SpecWriter(BYTES);
    w.at(0).raw(bootCode); // BootCode
    w.at(TABLE_OFFSET).le32(diskSignature); // UniqueMBRDiskSignature
    w.at(444).zeros(2); // Unknown
    w.at(recordOffset(1)); // PartitionRecord
    partitions.forEach(partition -> w.raw(partition.toBytes()));
    w.zerosTo(SIGNATURE);
    w.at(SIGNATURE).le16(MARK); // Signature
    return w.endsAt(BYTES);
  }

  /**
   * Reads the sector at the start of {@code image}.
   *
   * @throws zeroboot.ground.ZbootException if there is no partition table
   */
  public static MasterBootRecord read(SpecReader image) {
    List<PartitionRecord> partitions = List.copyOf(slots(image).values());
    return new MasterBootRecord(image.bytes(0, TABLE_OFFSET), image.le32(TABLE_OFFSET), partitions);
  }

  /** Whether the sector at the start of {@code image} ends as all do that a BIOS starts. */
  public static boolean isMarked(SpecReader image) {
    return image.size() >= BYTES && image.le16(SIGNATURE) == MARK;
  }

  /**
   * Whether a partition table can be before the mark: kernels and FAT volumes end their first
   * sector so, too.
   */
  public static boolean looksLikeTable(SpecReader image) {
    for (int number = 1; number <= SLOTS; number++) {
      if (!PartitionRecord.isOne(image, recordOffset(number))) {
        return false;
      }
    }
    return true;
  }

  /** The type that the first partition has, whatever else stands in the sector. */
  public static int firstType(SpecReader image) {
    return PartitionRecord.type(image, recordOffset(1));
  }

  /**
   * The partitions of the sector at the start of {@code image}, by the numbers that systems give
   * them, from 1; slots of OS type 0 are unused.
   *
   * @throws zeroboot.ground.ZbootException if there is no partition table
   */
  public static SortedMap<Integer, PartitionRecord> slots(SpecReader image) {
    SpecReader r = image.part("partition table", 0, BYTES);
    r.require(isMarked(r), "no 55 AA at the end of the first sector");
    SortedMap<Integer, PartitionRecord> slots = new TreeMap<>();
    for (int number = 1; number <= SLOTS; number++) {
      PartitionRecord partition =
          PartitionRecord.read(
              r.part("partition " + number, recordOffset(number), PartitionRecord.BYTES));
      if (partition.type() != 0) {
        slots.put(number, partition);
      }
    }
    return slots;
  }
}
