package zeroboot.image.pe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;

/**
 * A PE32+ image as read from a file: what a signer and an inspector need of it.
 *
 * @param machine Machine of the COFF header
 * @param sizeOfHeaders everything before the first section, in bytes
 * @param checkSum file offset of the CheckSum field, 4 bytes
 * @param certificateEntry file offset of the Certificate Table's data directory, 8 bytes
 * @param certificates the Certificate Table; its address is a file offset
 * @param sections in the order of the section table; each lies inside the file
 */
public record PeImage(
    int machine,
    int sizeOfHeaders,
    int checkSum,
    int certificateEntry,
    DataDirectory certificates,
    List<SectionHeader> sections) {
  /** The PE format specification's limit for images that Windows loads; UEFI has none. */
  private static final int MAX_SECTIONS = 96;

  /** "PE" and two zero bytes. */
  private static final int SIGNATURE = 0x4550;

  private static final int HEADERS = 4 + CoffHeader.SIZE + OptionalHeader.SIZE;
  private static final String NO_PE = "is not a PE image";

  /**
   * Reads the headers.
   *
   * @param where names the file in an error
   * @throws ZbootException (settings) if {@code file} is no PE32+ image, or a truncated one
   */
  public static PeImage read(String where, byte[] file) {
    return read(where, file, file.length);
  }

  /**
   * Reads the headers of a file of which only the beginning is at hand.
   *
   * @param head its beginning, with all headers
   * @param fileSize in bytes; what the headers name has to lie inside
   */
  public static PeImage read(String where, byte[] head, int fileSize) {
    SpecReader r = SpecReader.of(where, head);
    r.require(r.size() >= DosHeader.SIZE && r.le16(0) == DosHeader.MAGIC, NO_PE);
    long pe = r.le32(DosHeader.PE_OFFSET);
    r.require(pe <= r.size() - HEADERS, NO_PE);
    int coff = (int) pe + 4;
    int optional = coff + CoffHeader.SIZE;
    r.require(r.le32((int) pe) == SIGNATURE, NO_PE);
    r.require(
        r.le16(optional) == OptionalHeader.MAGIC_PE32_PLUS, "is not a 64-bit PE image (PE32+)");
    int sizeOfOptionalHeader = r.le16(coff + CoffHeader.SIZE_OF_OPTIONAL_HEADER);
    int entry =
        optional
            + OptionalHeader.DIRECTORIES
            + DataDirectory.CERTIFICATE_TABLE * DataDirectory.SIZE;
    r.require(
        r.le32(optional + OptionalHeader.NUMBER_OF_RVA_AND_SIZES) > DataDirectory.CERTIFICATE_TABLE
            && entry + DataDirectory.SIZE <= optional + sizeOfOptionalHeader,
        "has no room for a certificate table in its headers");
    return new PeImage(
        r.le16(coff + CoffHeader.MACHINE),
        sizeOfHeaders(r, optional),
        optional + OptionalHeader.CHECK_SUM,
        entry,
        certificates(r, entry, fileSize),
        sections(
            where,
            r,
            optional + sizeOfOptionalHeader,
            r.le16(coff + CoffHeader.NUMBER_OF_SECTIONS),
            fileSize));
  }

  /** Whether a file begins as PE images do. */
  public static boolean isOne(SpecReader file) {
    if (file.size() < DosHeader.SIZE || file.le16(0) != DosHeader.MAGIC) {
      return false;
    }
    long pe = file.le32(DosHeader.PE_OFFSET);
    return pe + 4 <= file.size() && file.le32((int) pe) == SIGNATURE;
  }

  /** The first section of this name. */
  public Optional<SectionHeader> section(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  private static int sizeOfHeaders(SpecReader r, int optional) {
    long size = r.le32(optional + OptionalHeader.SIZE_OF_HEADERS);
    r.require(size <= r.size(), "is truncated: its headers lie beyond its end");
    return (int) size;
  }

  private static DataDirectory certificates(SpecReader r, int entry, int fileSize) {
    long address = r.le32(entry);
    long size = r.le32(entry + 4);
    r.require(address + size <= fileSize, "has a certificate table beyond its end");
    return new DataDirectory((int) address, (int) size);
  }

  private static List<SectionHeader> sections(
      String where, SpecReader r, int table, int count, int fileSize) {
    r.require(count <= MAX_SECTIONS, "has " + count + " sections, more than " + MAX_SECTIONS);
    List<SectionHeader> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SectionHeader section =
          SectionHeader.read(r.part(where, table + i * SectionHeader.SIZE, SectionHeader.SIZE));
      r.require(
          (long) section.pointerToRawData() + section.sizeOfRawData() <= fileSize,
          "is truncated: section " + section.name() + " lies beyond its end");
      sections.add(section);
    }
    return List.copyOf(sections);
  }
}
