package zeroboot.image.gpt;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import zeroboot.ground.Guid;
import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * Both copies of a table on a disk (UEFI specification, section 5.3.1): behind the master boot
 * record, and at the end.
 *
 * @param diskGuid tells disks apart
 * @param sectors of the disk, 512 bytes each
 * @param partitions numbered from 1 in this order, at most 128
 */
public record GuidPartitionTable(Guid diskGuid, long sectors, List<GptEntry> partitions) {
  /** Bytes of the array of entries, the least that it may have (section 5.3.1). */
  public static final int ARRAY = 16384;

  /** Where the array of the primary table begins, in bytes. */
  public static final int ARRAY_OFFSET = 2 * Units.SECTOR;

  /** Sectors before the first that a partition may have: boot record, header, array. */
  public static final int FIRST_USABLE = 2 + ARRAY / Units.SECTOR;

  /** Sectors at the end that no partition may have: array, header. */
  public static final int BACKUP = 1 + ARRAY / Units.SECTOR;

  private static final int ENTRIES = ARRAY / GptEntry.BYTES;

  /** Where the entry of partition {@code number} stands, counted from 1, on the disk, in bytes. */
  public static int entryOffset(int number) {
    return ARRAY_OFFSET + (number - 1) * GptEntry.BYTES;
  }

  /** Refuses more partitions than there is room for. */
  public GuidPartitionTable {
    partitions = List.copyOf(partitions);
    if (partitions.size() > ENTRIES) {
      throw new IllegalArgumentException(partitions.size() + " partitions");
    }
  }

  /** Sectors 1 to 33. */
  public byte[] primary() {
    return new SpecWriter(Units.SECTOR + ARRAY)
        .raw(header(1, sectors - 1, 2).toBytes())
        .zerosTo(Units.SECTOR)
        .raw(array())
        .endsAt(Units.SECTOR + ARRAY);
  }

  /** The last 33 sectors. */
  public byte[] backup() {
    return new SpecWriter(ARRAY + Units.SECTOR)
        .raw(array())
        .raw(header(sectors - 1, 1, sectors - BACKUP).toBytes())
        .zerosTo(ARRAY + Units.SECTOR)
        .endsAt(ARRAY + Units.SECTOR);
  }

  private GptHeader header(long myLba, long alternateLba, long entryLba) {
    CRC32 crc = new CRC32();
    crc.update(array());
    return new GptHeader(
        myLba,
        alternateLba,
        FIRST_USABLE,
        sectors - BACKUP - 1,
        diskGuid,
        entryLba,
        ENTRIES,
        GptEntry.BYTES,
        crc.getValue());
  }

  private byte[] array() {
    SpecWriter w = new SpecWriter(ARRAY);
    partitions.forEach(partition -> w.raw(partition.toBytes()));
    return w.zerosTo(ARRAY).endsAt(ARRAY);
  }

  /**
   * The partitions in use of an array, by their numbers, from 1.
   *
   * @param array as much of it as is there
   */
  public static SortedMap<Integer, GptEntry> slots(byte[] array) {
    SpecReader all = SpecReader.of("GPT entry", array);
    SortedMap<Integer, GptEntry> slots = new TreeMap<>();
    for (int at = 0; at + GptEntry.BYTES <= array.length && at < ARRAY; at += GptEntry.BYTES) {
      Optional<GptEntry> entry = GptEntry.read(all.part("GPT entry", at, GptEntry.BYTES));
      int number = at / GptEntry.BYTES + 1;
      entry.ifPresent(one -> slots.put(number, one));
    }
    return slots;
  }

  /**
   * The partitions of the primary table of a disk, if it lies where those of zboot do.
   *
   * @throws zeroboot.ground.ZbootException if there is none
   */
  public static SortedMap<Integer, GptEntry> slots(SpecReader disk) {
    GptHeader header = GptHeader.read(disk.part("GPT header", Units.SECTOR, Units.SECTOR));
    disk.require(
        header.entryLba() == 2 && header.entrySize() == GptEntry.BYTES,
        "a GUID partition table of unusual size");
    long length = Math.min(ARRAY, header.entries() * GptEntry.BYTES);
    disk.part("GPT entries", ARRAY_OFFSET, length);
    return slots(disk.bytes(ARRAY_OFFSET, (int) length));
  }
}
