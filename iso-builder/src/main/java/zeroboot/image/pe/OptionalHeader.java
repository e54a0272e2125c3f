package zeroboot.image.pe;

import zeroboot.image.bytes.SpecWriter;

/**
 * Optional Header of a PE32+ image, 240 bytes; PE format specification, "Optional Header (Image
 * Only)". Sizes in bytes; addresses relative to the image base, which is zero. The check sum is
 * patched in when the whole file exists ({@link PeChecksum}).
 *
 * @param sizeOfCode raw size of all code sections
 * @param sizeOfInitializedData raw size of all data sections
 * @param sizeOfUninitializedData what sections of zeros take, as if they were in the file
 * @param addressOfEntryPoint relative virtual address of the first instruction
 * @param baseOfCode relative virtual address of the first code section
 * @param sizeOfImage as loaded, a multiple of the section alignment
 * @param sizeOfHeaders everything before the first section, a multiple of the file alignment
 */
record OptionalHeader(
    int sizeOfCode,
    int sizeOfInitializedData,
    int sizeOfUninitializedData,
    int addressOfEntryPoint,
    int baseOfCode,
    int sizeOfImage,
    int sizeOfHeaders) {
  static final int SIZE = 240;
  static final int MAGIC_PE32_PLUS = 0x20B;

  /** A page: sections with different access rights must not share one. */
  static final int SECTION_ALIGNMENT = 4096;

  static final int FILE_ALIGNMENT = 512;
  static final int SIZE_OF_HEADERS = 60;
  static final int CHECK_SUM = 64;
  static final int SUBSYSTEM_EFI_APPLICATION = 10;
  static final int NUMBER_OF_DIRECTORIES = 16;
  static final int NUMBER_OF_RVA_AND_SIZES = 108;
  static final int DIRECTORIES = 112;

  /**
   * The code does without memory that is both writable and executable; firmware that enforces this
   * loads no image that does not say so.
   */
  static final int NX_COMPAT = 0x0100;

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(SIZE);
    w.at(0).le16(MAGIC_PE32_PLUS); // Magic
    w.at(2).u8(0); // MajorLinkerVersion
    w.at(3).u8(0); // MinorLinkerVersion
    w.at(4).le32(sizeOfCode); // SizeOfCode
    w.at(8).le32(sizeOfInitializedData); // SizeOfInitializedData
    w.at(12).le32(sizeOfUninitializedData); // SizeOfUninitializedData
    w.at(16).le32(addressOfEntryPoint); // AddressOfEntryPoint
    w.at(20).le32(baseOfCode); // BaseOfCode
    w.at(24).le64(0); // ImageBase: anywhere, there is nothing to relocate
    w.at(32).le32(SECTION_ALIGNMENT); // SectionAlignment
    w.at(36).le32(FILE_ALIGNMENT); // FileAlignment
    w.at(40).le16(0); // MajorOperatingSystemVersion
    w.at(42).le16(0); // MinorOperatingSystemVersion
    w.at(44).le16(0); // MajorImageVersion
    w.at(46).le16(0); // MinorImageVersion
    w.at(48).le16(0); // MajorSubsystemVersion
    w.at(50).le16(0); // MinorSubsystemVersion
    w.at(52).le32(0); // Win32VersionValue, reserved
    w.at(56).le32(sizeOfImage); // SizeOfImage
    w.at(SIZE_OF_HEADERS).le32(sizeOfHeaders); // SizeOfHeaders
    w.at(CHECK_SUM).le32(0); // CheckSum
    w.at(68).le16(SUBSYSTEM_EFI_APPLICATION); // Subsystem
    w.at(70).le16(NX_COMPAT); // DllCharacteristics
    w.at(72).le64(0); // SizeOfStackReserve
    w.at(80).le64(0); // SizeOfStackCommit
    w.at(88).le64(0); // SizeOfHeapReserve
    w.at(96).le64(0); // SizeOfHeapCommit
    w.at(104).le32(0); // LoaderFlags, reserved
    w.at(NUMBER_OF_RVA_AND_SIZES).le32(NUMBER_OF_DIRECTORIES); // NumberOfRvaAndSizes
    w.at(DIRECTORIES).zeros(NUMBER_OF_DIRECTORIES * DataDirectory.SIZE); // a signer fills one in
    return w.endsAt(SIZE);
  }
}
