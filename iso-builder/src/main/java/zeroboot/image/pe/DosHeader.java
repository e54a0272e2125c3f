package zeroboot.image.pe;

import zeroboot.image.bytes.SpecWriter;

/**
 * The MS-DOS header that every PE image starts with, 64 bytes; PE format specification, "MS-DOS
 * Stub (Image Only)". Only the two fields that a PE loader reads; there is no stub program.
 *
 * @param peOffset file offset of the PE signature
 */
record DosHeader(int peOffset) {
  static final int SIZE = 64;
  static final int MAGIC = 0x5A4D;
  static final int PE_OFFSET = 0x3C;

  byte[] toBytes() {
    return new SpecWriter(SIZE)
        .at(0)
        .le16(MAGIC) // e_magic, "MZ"
        .zerosTo(PE_OFFSET)
        .le32(peOffset) // e_lfanew
        .endsAt(SIZE);
  }
}
