package zeroboot.image.pe;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * One entry of the section table, 40 bytes; PE format specification, "Section Table (Section
 * Headers)".
 *
 * @param name at most 8 ASCII characters
 * @param virtualSize bytes in memory
 * @param virtualAddress relative to the image base
 * @param sizeOfRawData bytes in the file
 * @param pointerToRawData file offset; 0 if there are no raw data
 * @param characteristics flags
 */
public record SectionHeader(
    String name,
    int virtualSize,
    int virtualAddress,
    int sizeOfRawData,
    int pointerToRawData,
    int characteristics) {
  /** IMAGE_SCN_CNT_CODE. */
  public static final int CODE = 0x0000_0020;

  /** IMAGE_SCN_CNT_INITIALIZED_DATA. */
  public static final int INITIALIZED_DATA = 0x0000_0040;

  /** IMAGE_SCN_CNT_UNINITIALIZED_DATA. */
  public static final int UNINITIALIZED_DATA = 0x0000_0080;

  /** IMAGE_SCN_MEM_EXECUTE. */
  public static final int EXECUTE = 0x2000_0000;

  /** IMAGE_SCN_MEM_READ. */
  public static final int READ = 0x4000_0000;

  /** IMAGE_SCN_MEM_WRITE. */
  public static final int WRITE = 0x8000_0000;

  static final int SIZE = 40;
  static final int NAME_SIZE = 8;

  private static final int VIRTUAL_SIZE = 8;
  private static final int VIRTUAL_ADDRESS = 12;
  private static final int SIZE_OF_RAW_DATA = 16;
  private static final int POINTER_TO_RAW_DATA = 20;
  private static final int CHARACTERISTICS = 36;

  /** File offset of the first byte after the section. */
  public int endOfRawData() {
    return pointerToRawData + sizeOfRawData;
  }

  static SectionHeader read(SpecReader r) {
    String name = r.text(0, NAME_SIZE);
    int end = name.indexOf("%00"); // how SpecReader shows a NUL
    return new SectionHeader(
        end < 0 ? name : name.substring(0, end),
        size(r, VIRTUAL_SIZE),
        size(r, VIRTUAL_ADDRESS),
        size(r, SIZE_OF_RAW_DATA),
        size(r, POINTER_TO_RAW_DATA),
        (int) r.le32(CHARACTERISTICS));
  }

  private static int size(SpecReader r, int offset) {
    r.require(r.le32(offset) <= Integer.MAX_VALUE, "has a size or an address beyond 2 GiB");
    return (int) r.le32(offset);
  }

  byte[] toBytes() {
    return new SpecWriter(SIZE)
        .at(0)
        .ascii(name)
        .zerosTo(NAME_SIZE) // Name
        .at(VIRTUAL_SIZE)
        .le32(virtualSize) // VirtualSize
        .at(VIRTUAL_ADDRESS)
        .le32(virtualAddress) // VirtualAddress
        .at(SIZE_OF_RAW_DATA)
        .le32(sizeOfRawData) // SizeOfRawData
        .at(POINTER_TO_RAW_DATA)
        .le32(pointerToRawData) // PointerToRawData
        .at(24)
        .le32(0) // PointerToRelocations: none in an image
        .at(28)
        .le32(0) // PointerToLinenumbers
        .at(32)
        .le16(0) // NumberOfRelocations
        .at(34)
        .le16(0) // NumberOfLinenumbers
        .at(CHARACTERISTICS)
        .le32(characteristics & 0xFFFF_FFFFL) // Characteristics
        .endsAt(SIZE);
  }
}
