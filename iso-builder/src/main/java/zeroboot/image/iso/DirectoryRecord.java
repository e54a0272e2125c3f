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
 * @param directory whether it is a directory
 */
public record DirectoryRecord(String identifier, long block, long length, boolean directory) {
  /** The directory itself: one byte 00 (section 7.6.2). */
  static final String SELF = "\0";

  /** The directory above: one byte 01 (section 7.6.2). */
  static final String PARENT = "\1";

  /** Size of the record in the primary volume descriptor, and of every other SELF or PARENT. */
  static final int SHORTEST = 34;

  private static final int FIXED_BYTES = 33;
  private static final int DIRECTORY_FLAG = 0x02;
  private static final int MULTI_EXTENT_FLAG = 0x80;

  /** Size of the record; records have even sizes (section 9.1.12). */
  static int bytesFor(String identifier) {
    int unpadded = FIXED_BYTES + identifier.length();
    return unpadded + unpadded % 2;
  }

  byte[] toBytes() {
    int size = bytesFor(identifier);
    SpecWriter w = new SpecWriter(size);
    w.at(0).u8(size); // §9.1.1 length of directory record
    w.at(1).u8(0); // §9.1.2 extended attribute record length
    w.at(2).bothEndian32(block); // §9.1.3 location of extent
    w.at(10).bothEndian32(length); // §9.1.4 data length
    w.at(18);
    IsoDates.recording(w); // §9.1.5 recording date and time
    w.at(25).u8(directory ? DIRECTORY_FLAG : 0); // §9.1.6 file flags
    w.at(26).u8(0); // §9.1.7 file unit size
    w.at(27).u8(0); // §9.1.8 interleave gap size
    w.at(28).bothEndian16(1); // §9.1.9 volume sequence number
    w.at(32).u8(identifier.length()); // §9.1.10 length of file identifier
    w.at(33);
    identifier.chars().forEach(w::u8); // §9.1.11 file identifier
    w.zerosTo(size); // §9.1.12 padding field
    return w.endsAt(size);
  }

  /** Reads the record at the start of {@code r}, which may go on behind it. */
  static DirectoryRecord read(SpecReader r) {
    int size = r.u8(0);
    r.require(size >= SHORTEST, "a directory record of " + size + " bytes");
    SpecReader record = r.part("ISO directory record", 0, size);
    int flags = record.u8(25);
    record.require(record.u8(1) == 0, "extended attribute records are not read");
    record.require(record.u8(26) == 0 && record.u8(27) == 0, "interleaved files are not read");
    record.require((flags & MULTI_EXTENT_FLAG) == 0, "files in several extents are not read");
    return new DirectoryRecord(
        identifier(record),
        record.bothEndian32(2),
        record.bothEndian32(10),
        (flags & DIRECTORY_FLAG) != 0);
  }

  private static String identifier(SpecReader record) {
    int length = record.u8(32);
    record.require(length > 0, "a directory record without a name");
    boolean reserved = length == 1 && record.u8(33) <= 1;
    return reserved ? Character.toString(record.u8(33)) : record.text(33, length);
  }
}
