package zeroboot.medium;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Finding.Place;

/** The partition table has the one partition that zboot makes. */
final class PartitionRule implements Rule {
  private static final int TABLE = 446;

  @Override
  public List<Finding> judge(Specimen specimen) {
    if (!specimen.isDisk()) {
      return List.of();
    }
    Set<Integer> expected =
        specimen.remake().map(made -> slots(made.bytes()).keySet()).orElse(Set.of(1));
    List<Finding> findings = new ArrayList<>();
    slots(specimen.bytes())
        .forEach(
            (number, partition) -> {
              if (!expected.contains(number)) {
                findings.add(
                    extra(number, partition)
                        .at(
                            new Place(
                                TABLE + (number - 1L) * PartitionRecord.BYTES,
                                PartitionRecord.BYTES,
                                "partition table")));
              }
            });
    return findings;
  }

  private static Finding extra(int number, PartitionRecord partition) {
    String at = "partition " + number + " at byte " + partition.startingLba() * 512;
    return partition.type() == PartitionRecord.EFI_SYSTEM
        ? Finding.failed(
            Kind.SECOND_ESP,
            at + " is a second EFI system partition: firmware starts what lies in either",
            AGAIN)
        : Finding.failed(Kind.EXTRA_PARTITION, at + " is none that zboot makes", AGAIN);
  }

  private static Map<Integer, PartitionRecord> slots(byte[] disk) {
    try {
      return MasterBootRecord.slots(SpecReader.of("medium", disk));
    } catch (ZbootException e) {
      return new TreeMap<>(); // none that firmware would see
    }
  }
}
