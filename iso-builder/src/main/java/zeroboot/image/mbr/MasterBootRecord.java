package zeroboot.image.mbr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  private static final int SLOTS = 4;

  private static final int TYPE_OFFSET = 450; // of the first slot

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
    w.at(440).le32(diskSignature); // UniqueMBRDiskSignature
    w.at(444).zeros(2); // Unknown
    w.at(446); // PartitionRecord
    partitions.forEach(partition -> partition.writeTo(w));
    w.zerosTo(510);
    w.at(510).le16(0xAA55); // Signature
    return w.endsAt(BYTES);
  }

  /**
   * The numbers of the slots in use at the start of {@code image}, from 1, in the order of {@link
   * #partitions}.
   */
  public static List<Integer> numbers(SpecReader image) {
    return IntStream.range(0, SLOTS)
        .filter(slot -> image.u8(TYPE_OFFSET + slot * PartitionRecord.BYTES) != 0)
        .mapToObj(slot -> slot + 1)
        .toList();
  }

  /**
   * Reads the sector at the start of {@code image}; slots of OS type 0 are unused.
   *
   * @throws zeroboot.spec.ZbootException if there is no partition table
   */
  public static MasterBootRecord read(SpecReader image) {
    SpecReader r = image.part("partition table", 0, BYTES);
    r.require(r.le16(510) == 0xAA55, "no 55 AA at the end of the first sector");
    List<PartitionRecord> partitions = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      int at = 446 + slot * PartitionRecord.BYTES;
      PartitionRecord partition =
          PartitionRecord.read(r.part("partition " + (slot + 1), at, PartitionRecord.BYTES));
      if (partition.type() != 0) {
        partitions.add(partition);
      }
    }
    return new MasterBootRecord(r.bytes(0, TABLE_OFFSET), r.le32(440), partitions);
  }
}
