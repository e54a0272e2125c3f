package zeroboot.image;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.fat.FatVolume;
import zeroboot.image.fat.FatVolume.FatFile;
import zeroboot.image.gpt.GptEntry;
import zeroboot.image.gpt.GuidPartitionTable;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.mbr.PartitionRecord;

/**
 * What a stick says of itself in the file {@code ZBOOT.JSN} of its first partition. A help for
 * people who look at a stick; anybody can write such a file, so nothing is decided by it.
 *
 * @param farmId unknown on a stick that asks a server for it
 * @param network in our own words, {@code main}; empty with the farm ID
 */
public record StickRecord(OptionalLong farmId, String network, String imageId) {
  /** For a person: {@code farm ID 4242 on the main network}. */
  public String shown() {
    return farmId.isPresent()
        ? "farm ID " + farmId.getAsLong() + " on the " + network + " network"
        : "no farm ID: it asks a server";
  }

  /** As much of a disk's start as an image can fill, in bytes. */
  public static final int LOOKED_AT = 1 << 20;

  private static final String FILE = "ZBOOT.JSN";

  /** The record on a disk that begins with these bytes; empty if it is no stick of ours. */
  public static Optional<StickRecord> on(byte[] diskStart) {
    try {
      SpecReader disk = SpecReader.of("disk", diskStart);
      OptionalLong start = firstPartition(disk);
      if (start.isEmpty()) {
        return Optional.empty();
      }
      long at = start.getAsLong() * Units.SECTOR;
      FatFile file =
          FatVolume.read(disk.part("partition 1", at, disk.size() - at)).files().get(FILE);
      return file == null ? Optional.empty() : parse(file.content());
    } catch (ZbootException e) {
      // Another medium, or a damaged one.
      return Optional.empty();
    }
  }

  private static OptionalLong firstPartition(SpecReader disk) {
    List<PartitionRecord> partitions = MasterBootRecord.read(disk).partitions();
    if (partitions.stream().anyMatch(one -> one.type() == PartitionRecord.GPT_PROTECTIVE)) {
      return GuidPartitionTable.slots(disk).values().stream()
          .mapToLong(GptEntry::firstLba)
          .findFirst();
    }
    return partitions.stream().mapToLong(PartitionRecord::startingLba).findFirst();
  }

  private static Optional<StickRecord> parse(byte[] json) {
    try {
      JsonObject record =
          JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
      if (!record.has("zboot") || !record.has("imageId")) {
        return Optional.empty();
      }
      OptionalLong farmId =
          record.has("farmId")
              ? OptionalLong.of(record.get("farmId").getAsLong())
              : OptionalLong.empty();
      String network = record.has("network") ? word(record, "network") : "";
      return Optional.of(new StickRecord(farmId, network, word(record, "imageId")));
    } catch (JsonParseException
        | IllegalStateException
        | NumberFormatException
        | UnsupportedOperationException e) {
      // A file of that name that is no record.
      return Optional.empty();
    }
  }

  /** Strangers may have written it, and terminals obey control characters. */
  private static String word(JsonObject record, String name) {
    return record.get(name).getAsString().replaceAll("\\p{C}", "?");
  }
}
