package zeroboot.medium;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.gpt.GptEntry;
import zeroboot.image.gpt.GuidPartitionTable;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Finding.Place;

/** The partition tables have the partitions that zboot makes, and no others. */
final class PartitionRule implements Rule {
  /** A slot of a partition table that is in use. */
  private record Slot(int number, boolean isEfiSystem, long offset) {}

  @Override
  public List<Finding> judge(Specimen specimen) {
    if (!specimen.isDisk()) {
      return List.of();
    }
    Optional<byte[]> made = specimen.remake().map(Remake::bytes);
    List<Finding> findings = new ArrayList<>();
    Map<Place, Slot> expected = made.map(PartitionRule::slots).orElse(Map.of());
    slots(specimen.bytes())
        .forEach(
            (place, slot) -> {
              boolean isExpected =
                  made.isPresent() ? expected.containsKey(place) : slot.number() == 1;
              if (!isExpected) {
                findings.add(extra(slot).at(place));
              }
            });
    return findings;
  }

  private static Finding extra(Slot slot) {
    String at = "partition " + slot.number() + " at byte " + slot.offset();
    return slot.isEfiSystem()
        ? Finding.failed(
            Kind.SECOND_ESP,
            at + " is a second EFI system partition: firmware starts what lies in either",
            AGAIN)
        : Finding.failed(Kind.EXTRA_PARTITION, at + " is none that zboot makes", AGAIN);
  }

  /** Those of the master boot record and, where it announces one, of the GUID partition table. */
  private static Map<Place, Slot> slots(byte[] disk) {
    Map<Place, Slot> slots = new LinkedHashMap<>();
    SpecReader medium = SpecReader.of("medium", disk);
    try {
      MasterBootRecord.slots(medium).forEach((number, one) -> add(slots, number, one));
      if (slots.values().stream().anyMatch(slot -> slot.offset() == Units.SECTOR)) {
        GuidPartitionTable.slots(medium).forEach((number, one) -> add(slots, number, one));
      }
    } catch (ZbootException e) {
      return slots; // none that firmware would see
    }
    return slots;
  }

  private static void add(Map<Place, Slot> slots, int number, PartitionRecord one) {
    long at = MasterBootRecord.recordOffset(number);
    Place place = new Place(at, PartitionRecord.BYTES, "partition table");
    boolean isEfiSystem = one.type() == PartitionRecord.EFI_SYSTEM;
    slots.put(place, new Slot(number, isEfiSystem, one.offset()));
  }

  private static void add(Map<Place, Slot> slots, int number, GptEntry one) {
    long at = GuidPartitionTable.entryOffset(number);
    Place place = new Place(at, GptEntry.BYTES, "GPT partitions");
    boolean isEfiSystem = one.type().equals(GptEntry.EFI_SYSTEM);
    slots.put(place, new Slot(number, isEfiSystem, one.offset()));
  }
}
