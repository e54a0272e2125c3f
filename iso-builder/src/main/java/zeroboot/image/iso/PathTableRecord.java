package zeroboot.image.iso;

import zeroboot.image.bytes.SpecWriter;

/**
 * One folder in a path table (ECMA-119 section 9.4).
 *
 * @param identifier directory identifier, {@link DirectoryRecord#SELF} for the root
 * @param block where the directory begins
 * @param parent number of the record of the directory above, from 1
 */
record PathTableRecord(String identifier, long block, int parent) {
  private static final int FIXED_BYTES = 8;

  /** Size of the record; records have even sizes (section 9.4.6). */
  static int bytesFor(String identifier) {
    return FIXED_BYTES + identifier.length() + identifier.length() % 2;
  }

  /** The record of a type L path table: least significant byte first (section 6.9.3). */
  byte[] toTypeL() {
    return toBytes(true);
  }

  /** The record of a type M path table: most significant byte first (section 6.9.3). */
  byte[] toTypeM() {
    return toBytes(false);
  }

  private byte[] toBytes(boolean typeL) {
    int size = bytesFor(identifier);
    SpecWriter w = new SpecWriter(size);
    w.at(0).u8(identifier.length()); // §9.4.1 length of directory identifier
    w.at(1).u8(0); // §9.4.2 extended attribute record length
    if (typeL) {
      w.at(2).le32(block); // §9.4.3 location of extent
      w.at(6).le16(parent); // §9.4.4 parent directory number
    } else {
      w.at(2).be32(block);
      w.at(6).be16(parent);
    }
    w.at(8);
    identifier.chars().forEach(w::u8); // §9.4.5 directory identifier
    w.zerosTo(size); // §9.4.6 padding field
    return w.endsAt(size);
  }
}
