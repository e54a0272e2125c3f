package zeroboot.image.gpt;

import java.util.zip.CRC32;
import zeroboot.ground.Guid;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * The header of a table, 92 bytes at the start of its sector (UEFI specification, section 5.3.2,
 * table "GPT Header").
 *
 * @param myLba sector of this header
 * @param alternateLba sector of the other one
 * @param firstUsableLba first sector that a partition may have
 * @param lastUsableLba last sector that a partition may have
 * @param diskGuid tells disks apart
 * @param entryLba sector where the array of entries begins
 * @param entries in the array, used or not
 * @param entrySize bytes of each
 * @param entriesCrc32 of the whole array
 */
public record GptHeader(
    long myLba,
    long alternateLba,
    long firstUsableLba,
    long lastUsableLba,
    Guid diskGuid,
    long entryLba,
    long entries,
    long entrySize,
    long entriesCrc32) {
  /** How it begins. */
  public static final String SIGNATURE = "EFI PART";

  /** Size on disk; the rest of its sector is zero. */
  public static final int BYTES = 92;

  private static final int MY_LBA = 24;
  private static final int ALTERNATE_LBA = 32;
  private static final int FIRST_USABLE_LBA = 40;
  private static final int LAST_USABLE_LBA = 48;
  private static final int DISK_GUID = 56;
  private static final int ENTRY_LBA = 72;
  private static final int ENTRIES = 80;
  private static final int ENTRY_SIZE = 84;
  private static final int ENTRIES_CRC32 = 88;

  private static final long REVISION_1_0 = 0x00010000;
  private static final int CRC = 16;

  /** As it is stored, with its checksum. */
  byte[] toBytes() {
    CRC32 crc = new CRC32();
    crc.update(toBytes(0));
    return toBytes(crc.getValue());
  }

  private byte[] toBytes(long crc32) {
    SpecWriter w = new SpecWriter(BYTES);
    w.at(0).ascii(SIGNATURE); // Signature
    w.at(8).le32(REVISION_1_0); // Revision
    w.at(12).le32(BYTES); // HeaderSize
    w.at(CRC).le32(crc32); // HeaderCRC32, computed with zeros here
    w.at(20).zeros(4); // Reserved
    w.at(MY_LBA).le64(myLba); // MyLBA
    w.at(ALTERNATE_LBA).le64(alternateLba); // AlternateLBA
    w.at(FIRST_USABLE_LBA).le64(firstUsableLba); // FirstUsableLBA
    w.at(LAST_USABLE_LBA).le64(lastUsableLba); // LastUsableLBA
    w.at(DISK_GUID).raw(diskGuid.toBytes()); // DiskGUID
    w.at(ENTRY_LBA).le64(entryLba); // PartitionEntryLBA
    w.at(ENTRIES).le32(entries); // NumberOfPartitionEntries
    w.at(ENTRY_SIZE).le32(entrySize); // SizeOfPartitionEntry
    w.at(ENTRIES_CRC32).le32(entriesCrc32); // PartitionEntryArrayCRC32
    return w.endsAt(BYTES);
  }

  /**
   * Reads the header at the start of {@code sector}. Its checksums are not looked at.
   *
   * @throws zeroboot.ground.ZbootException if there is none, or it names a place beyond every disk
   */
  public static GptHeader read(SpecReader sector) {
    SpecReader r = sector.part("GPT header", 0, BYTES);
    r.require(r.text(0, SIGNATURE.length()).equals(SIGNATURE), "no " + SIGNATURE + " in sector 1");
    return new GptHeader(
        GptEntry.lba(r, MY_LBA),
        GptEntry.lba(r, ALTERNATE_LBA),
        GptEntry.lba(r, FIRST_USABLE_LBA),
        GptEntry.lba(r, LAST_USABLE_LBA),
        Guid.read(r.bytes(DISK_GUID, Guid.SIZE), 0),
        GptEntry.lba(r, ENTRY_LBA),
        r.le32(ENTRIES),
        r.le32(ENTRY_SIZE),
        r.le32(ENTRIES_CRC32));
  }
}
