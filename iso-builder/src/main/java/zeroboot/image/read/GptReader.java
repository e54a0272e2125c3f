package zeroboot.image.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import zeroboot.ground.Guid;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.mbr.PartitionTypes;

/** The partitions of a GUID partition table with sectors of 512 bytes (UEFI specification 5.3). */
final class GptReader {
  /** Signature of the header at LBA 1. */
  static final String SIGNATURE = "EFI PART";

  private static final int SECTOR = 512;
  private static final int ENTRY = 128;
  private static final int MOST_ENTRIES = 128;
  private static final String UNUSED = "00000000-0000-0000-0000-000000000000";

  private final ByteSource source;
  private final SpecReader header;

  GptReader(ByteSource source, SpecReader header) {
    this.source = source;
    this.header = header;
  }

  /** The disk's GUID. */
  String disk() {
    return Guid.read(header.bytes(56, Guid.SIZE), 0).shown(); // DiskGUID
  }

  /** The partitions in use. */
  List<Medium.Partition> partitions() {
    long count = Math.min(header.le32(80), MOST_ENTRIES); // NumberOfPartitionEntries
    header.require(header.le32(84) == ENTRY, "partition entries of unusual size");
    byte[] table = source.read(le64(header, 72) * SECTOR, (int) count * ENTRY); // PartitionEntryLBA
    List<Medium.Partition> partitions = new ArrayList<>();
    for (int at = 0; at + ENTRY <= table.length; at += ENTRY) {
      SpecReader entry = SpecReader.of("GPT entry", table).part("GPT entry", at, ENTRY);
      String type = Guid.read(entry.bytes(0, Guid.SIZE), 0).shown(); // PartitionTypeGUID
      long first = le64(entry, 32); // StartingLBA
      long last = le64(entry, 40); // EndingLBA
      if (type.equals(UNUSED)) {
        continue;
      }
      entry.require(first <= last && last < Long.MAX_VALUE / SECTOR, "a partition's sectors");
      partitions.add(
          new Medium.Partition(
              at / ENTRY + 1,
              PartitionTypes.gpt(type) + name(entry),
              type.equals(PartitionTypes.GPT_EFI_SYSTEM),
              false,
              first * SECTOR,
              (last - first + 1) * SECTOR));
    }
    return partitions;
  }

  private static String name(SpecReader entry) {
    String name = new String(entry.bytes(56, 72), StandardCharsets.UTF_16LE).replaceAll("\0.*", "");
    return name.isEmpty() ? "" : " \"" + name.replaceAll("[^ -~]", "?") + "\"";
  }

  /** A size or place; beyond what a disk can have it is refused. */
  private static long le64(SpecReader r, int offset) {
    r.require(r.le32(offset + 4) < 1 << 20, "a place beyond every disk");
    return r.le32(offset) | r.le32(offset + 4) << 32;
  }
}
