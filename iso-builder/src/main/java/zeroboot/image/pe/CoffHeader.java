package zeroboot.image.pe;

import zeroboot.image.bytes.SpecWriter;

/**
 * COFF File Header, 20 bytes; PE format specification, "COFF File Header (Object and Image)". The
 * time stamp is zero, so that equal inputs give equal files; an image has no COFF symbols.
 *
 * @param machine {@link #MACHINE_AMD64} for x86-64
 * @param numberOfSections entries of the section table
 * @param sizeOfOptionalHeader bytes between this header and the section table
 * @param characteristics flags
 */
record CoffHeader(
    int machine, int numberOfSections, int sizeOfOptionalHeader, int characteristics) {
  static final int SIZE = 20;
  static final int MACHINE_AMD64 = 0x8664;
  static final int EXECUTABLE_IMAGE = 0x0002;
  static final int LARGE_ADDRESS_AWARE = 0x0020;

  static final int MACHINE = 0;
  static final int NUMBER_OF_SECTIONS = 2;
  static final int SIZE_OF_OPTIONAL_HEADER = 16;

  byte[] toBytes() {
    return new SpecWriter(SIZE)
        .at(MACHINE)
        .le16(machine) // Machine
        .at(NUMBER_OF_SECTIONS)
        .le16(numberOfSections) // NumberOfSections
        .at(4)
        .le32(0) // TimeDateStamp
        .at(8)
        .le32(0) // PointerToSymbolTable
        .at(12)
        .le32(0) // NumberOfSymbols
        .at(SIZE_OF_OPTIONAL_HEADER)
        .le16(sizeOfOptionalHeader) // SizeOfOptionalHeader
        .at(18)
        .le16(characteristics) // Characteristics
        .endsAt(SIZE);
  }
}
