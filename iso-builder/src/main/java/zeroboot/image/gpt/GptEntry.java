package zeroboot.image.gpt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import zeroboot.ground.Guid;
import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * One partition, 128 bytes (UEFI specification, section 5.3.3, table "GPT Partition Entry").
 *
 * @param type what it is for: {@link #EFI_SYSTEM}, {@link #BIOS_BOOT}, …
 * @param guid tells partitions apart
 * @param firstLba first sector
 * @param lastLba last sector, which still belongs to it
 * @param name for people, at most 36 characters of UTF-16
 */
public record GptEntry(Guid type, Guid guid, long firstLba, long lastLba, String name) {
  /** Size on disk. */
  public static final int BYTES = 128;

  /** UEFI system partition (UEFI specification, section 5.3.3). */
  public static final Guid EFI_SYSTEM = Guid.of("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

  /** Code that a BIOS boot code loads by its place; GRUB's manual, "BIOS installation". */
  public static final Guid BIOS_BOOT = Guid.of("21686148-6449-6e6f-744e-656564454649");

  /** A file system for anybody; Microsoft's PARTITION_BASIC_DATA_GUID. */
  public static final Guid BASIC_DATA = Guid.of("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7");

  private static final Guid UNUSED = Guid.of("00000000-0000-0000-0000-000000000000");
  private static final int GUID = 16;
  private static final int STARTING_LBA = 32;
  private static final int ENDING_LBA = 40;
  private static final int NAME = 56;

  private static final int NAME_BYTES = 72;

  /** Where the partition begins, in bytes. */
  public long offset() {
    return firstLba * Units.SECTOR;
  }

  /** How long the partition is, in bytes. */
  public long length() {
    return (lastLba - firstLba + 1) * Units.SECTOR;
  }

  byte[] toBytes() {
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    SpecWriter w = new SpecWriter(BYTES);
    w.at(0).raw(type.toBytes()); // PartitionTypeGUID
    w.at(GUID).raw(guid.toBytes()); // UniquePartitionGUID
    w.at(STARTING_LBA).le64(firstLba); // StartingLBA
    w.at(ENDING_LBA).le64(lastLba); // EndingLBA
    w.at(48).le64(0); // Attributes
    w.at(NAME).raw(Arrays.copyOf(text, NAME_BYTES)); // PartitionName
    return w.endsAt(BYTES);
  }

  /**
   * Reads an entry; empty if it is not in use.
   *
   * @throws zeroboot.ground.ZbootException if its sectors cannot be
   */
  public static Optional<GptEntry> read(SpecReader r) {
    Guid type = Guid.read(r.bytes(0, Guid.SIZE), 0);
    if (type.equals(UNUSED)) {
      return Optional.empty();
    }
    long first = lba(r, STARTING_LBA);
    long last = lba(r, ENDING_LBA);
    r.require(first <= last, "a partition's sectors");
    String name =
        new String(r.bytes(NAME, NAME_BYTES), StandardCharsets.UTF_16LE).replaceAll("\0.*", "");
    return Optional.of(
        new GptEntry(type, Guid.read(r.bytes(GUID, Guid.SIZE), 0), first, last, name));
  }

  /** A place; beyond what a disk can have it is refused. */
  static long lba(SpecReader r, int offset) {
    r.require(r.le32(offset + 4) < 1 << 20, "a place beyond every disk");
    return r.le32(offset) | r.le32(offset + 4) << 32;
  }
}
