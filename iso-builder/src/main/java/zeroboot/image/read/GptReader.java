package zeroboot.image.read;

import java.util.List;
import zeroboot.ground.Units;
import zeroboot.image.bytes.PartReader;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.gpt.GptEntry;
import zeroboot.image.gpt.GptHeader;
import zeroboot.image.gpt.GuidPartitionTable;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;
import zeroboot.image.mbr.PartitionTypes;

/** The partitions of a GUID partition table with sectors of 512 bytes (UEFI specification 5.3). */
final class GptReader {
  private final PartReader source;
  private final GptHeader header;

  /**
   * Reads the header.
   *
   * @param disk its beginning
   */
  GptReader(PartReader source, SpecReader disk) {
    this.source = source;
    header = GptHeader.read(disk.part("GPT header", Units.SECTOR, Units.SECTOR));
    disk.require(header.entrySize() == GptEntry.BYTES, "partition entries of unusual size");
  }

  /** Whether the master boot record of {@code disk} says that there is one, and one is. */
  static boolean isThere(SpecReader disk) {
    return isAnnounced(disk)
        && disk.size() >= 2 * Units.SECTOR
        && disk.text(Units.SECTOR, GptHeader.SIGNATURE.length()).equals(GptHeader.SIGNATURE);
  }

  /** Whether the master boot record of {@code disk} says that there is one. */
  static boolean isAnnounced(SpecReader disk) {
    return MasterBootRecord.slots(disk).values().stream()
        .anyMatch(one -> one.type() == PartitionRecord.GPT_PROTECTIVE);
  }

  /** The disk's GUID. */
  String disk() {
    return header.diskGuid().shown();
  }

  /** The partitions in use. */
  List<MediumPartition> partitions() {
    long length = Math.min(GuidPartitionTable.ARRAY, header.entries() * GptEntry.BYTES);
    byte[] array = source.read(header.entryLba() * Units.SECTOR, (int) length);
    return GuidPartitionTable.slots(array).entrySet().stream()
        .map(slot -> partition(slot.getKey(), slot.getValue()))
        .toList();
  }

  private static MediumPartition partition(int number, GptEntry one) {
    return new MediumPartition(
        number,
        PartitionTypes.gpt(one.type().shown()) + name(one.name()),
        one.type().equals(GptEntry.EFI_SYSTEM),
        false,
        one.offset(),
        one.length());
  }

  private static String name(String name) {
    return name.isEmpty() ? "" : " \"" + name.replaceAll("[^ -~]", "?") + "\"";
  }
}
