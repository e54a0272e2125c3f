package zeroboot.image.iso;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * One entry of a directory (ECMA-119 section 9.1), in one extent of blocks of 2048 bytes.
 *
 * @param identifier file identifier ({@code README.TXT;1}), directory identifier ({@code BOOT}),
 *     {@link #SELF} or {@link #PARENT}
 * @param block where the extent begins
 * @param length of the data, in bytes
 * @param isDirectory whether it is a directory
 */
public record DirectoryRecord(String identifier, long block, long length, boolean isDirectory) {
  /** The directory itself: one byte 00 (section 7.6.2). */
  static final String SELF = "\0";

  /** The directory above: one byte 01 (section 7.6.2). */
  static final String PARENT = "\1";

  /** Size of the record in the primary volume descriptor, and of every other SELF or PARENT. */
  static final int SHORTEST = 34;

  private static final int EXTENDED_ATTRIBUTES = 1;
  private static final int LOCATION = 2;
  private static final int DATA_LENGTH = 10;
  private static final int FLAGS = 25;
  private static final int UNIT_SIZE = 26;
  private static final int GAP_SIZE = 27;
  private static final int NAME_LENGTH = 32;
  private static final int NAME = 33;

  private static final int DIRECTORY_FLAG = 0x02;
  private static final int MULTI_EXTENT_FLAG = 0x80;

  /** Size of the record; records have even sizes (section 9.1.12). */
  static int bytesFor(String identifier) {
    int unpadded = NAME + identifier.length();
    return unpadded + unpadded % 2;
  }

  byte[] toBytes() {
    int size = bytesFor(identifier);
    SpecWriter w = new SpecWriter(size);
    w.at(0).u8(size); // §9.1.1 length of directory record
    w.at(EXTENDED_ATTRIBUTES).u8(0); // §9.1.2 extended attribute record length
    w.at(LOCATION).bothEndian32(block); // §9.1.3 location of extent
    w.at(DATA_LENGTH).bothEndian32(length); // §9.1.4 data length
    w.at(18);
    IsoDates.recording(w); // §9.1.5 recording date and time
    w.at(FLAGS).u8(isDirectory ? DIRECTORY_FLAG : 0); // §9.1.6 file flags
    w.at(UNIT_SIZE).u8(0); // §9.1.7 file unit size
    w.at(GAP_SIZE).u8(0); // §9.1.8 interleave gap size
    w.at(28).bothEndian16(1); // §9.1.9 volume sequence number
    w.at(NAME_LENGTH).u8(identifier.length()); // §9.1.10 length of file identifier
    w.at(NAME);
    identifier.chars().forEach(w::u8); // §9.1.11 file identifier
    w.zerosTo(size); // §9.1.12 padding field
    return w.endsAt(size);
  }

  /** Whether there is a record, and not the end of those in a block (section 6.8.1.1). */
  static boolean isThere(SpecReader block, int at) {
    return block.u8(at) != 0;
  }

  /** Length of the record at the start of {@code r}. */
  static int size(SpecReader r) {
    return r.u8(0);
  }

  /** Reads the record at the start of {@code r}, which may go on behind it. */
  static DirectoryRecord read(SpecReader r) {
    int size = size(r);
    r.require(size >= SHORTEST, "a directory record of " + size + " bytes");
    SpecReader record = r.part("ISO directory record", 0, size);
    int flags = record.u8(FLAGS);
    record.require(record.u8(EXTENDED_ATTRIBUTES) == 0, "extended attribute records are not read");
    record.require(
        record.u8(UNIT_SIZE) == 0 && record.u8(GAP_SIZE) == 0, "interleaved files are not read");
    record.require((flags & MULTI_EXTENT_FLAG) == 0, "files in several extents are not read");
    return new DirectoryRecord(
        identifier(record),
        record.bothEndian32(LOCATION),
        record.bothEndian32(DATA_LENGTH),
        (flags & DIRECTORY_FLAG) != 0);
  }

  private static String identifier(SpecReader record) {
    int length = record.u8(NAME_LENGTH);
    record.require(length > 0, "a directory record without a name");
    boolean reserved = length == 1 && record.u8(NAME) <= 1;
    return reserved ? Character.toString(record.u8(NAME)) : record.text(NAME, length);
  }
}
