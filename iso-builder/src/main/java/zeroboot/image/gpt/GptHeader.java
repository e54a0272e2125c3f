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
    w.at(24).le64(myLba); // MyLBA
    w.at(32).le64(alternateLba); // AlternateLBA
    w.at(40).le64(firstUsableLba); // FirstUsableLBA
    w.at(48).le64(lastUsableLba); // LastUsableLBA
    w.at(56).raw(diskGuid.toBytes()); // DiskGUID
    w.at(72).le64(entryLba); // PartitionEntryLBA
    w.at(80).le32(entries); // NumberOfPartitionEntries
    w.at(84).le32(entrySize); // SizeOfPartitionEntry
    w.at(88).le32(entriesCrc32); // PartitionEntryArrayCRC32
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
        GptEntry.lba(r, 24),
        GptEntry.lba(r, 32),
        GptEntry.lba(r, 40),
        GptEntry.lba(r, 48),
        Guid.read(r.bytes(56, Guid.SIZE), 0),
        GptEntry.lba(r, 72),
        r.le32(80),
        r.le32(84),
        r.le32(88));
  }
}
