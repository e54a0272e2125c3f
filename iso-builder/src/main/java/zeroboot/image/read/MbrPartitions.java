package zeroboot.image.read;

import java.util.List;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;
import zeroboot.image.mbr.PartitionTypes;

/** The partitions of a master boot record that are in use. */
final class MbrPartitions {
  private MbrPartitions() {}

  /**
   * Those of the table at the start of {@code image}.
   *
   * @throws zeroboot.ground.ZbootException (settings) if there is none
   */
  static List<MediumPartition> of(SpecReader image) {
    return MasterBootRecord.slots(image).entrySet().stream()
        .map(slot -> partition(slot.getKey(), slot.getValue()))
        .toList();
  }

  private static MediumPartition partition(int number, PartitionRecord one) {
    return new MediumPartition(
        number,
        PartitionTypes.mbr(one.type()),
        one.type() == PartitionRecord.EFI_SYSTEM,
        one.isActive(),
        one.offset(),
        one.length());
  }
}
