package zeroboot.image.pe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import zeroboot.image.bytes.SpecWriter;

/**
 * Writes an x86-64 UEFI application (PE32+; UEFI specification 2.10, section 2.1.1) that has no
 * relocations and no imports. Each section gets pages of its own, so that firmware can give it
 * exactly the access rights it asks for. There is no {@code .reloc} section: firmware of the last
 * fifteen years does without (Linux dropped its own empty one), and the relocations are not marked
 * as stripped, which would tie the image to its base address. The file ends with its last section,
 * at a multiple of 8, which is where an Authenticode signature is appended.
 */
public final class PeWriter {
  /** Sections begin at multiples of this in the file. */
  public static final int FILE_ALIGNMENT = OptionalHeader.FILE_ALIGNMENT;

  /** The entry point: the first byte of the first section, one page after the headers. */
  public static final int ENTRY_POINT = OptionalHeader.SECTION_ALIGNMENT;

  private static final int HEADERS_BEFORE_SECTIONS =
      DosHeader.SIZE + 4 + CoffHeader.SIZE + OptionalHeader.SIZE;
  private static final int CHECK_SUM =
      DosHeader.SIZE + 4 + CoffHeader.SIZE + OptionalHeader.CHECK_SUM;

  private PeWriter() {}

  /** The file; execution starts at the first byte of the first section. */
  public static byte[] write(List<PeSection> sections) {
    int sizeOfHeaders =
        align(
            HEADERS_BEFORE_SECTIONS + sections.size() * SectionHeader.SIZE,
            OptionalHeader.FILE_ALIGNMENT);
    List<SectionHeader> table = plan(sections, sizeOfHeaders);
    int end = table.stream().mapToInt(SectionHeader::endOfRawData).reduce(0, Math::max);
    SpecWriter w = new SpecWriter(end);
    w.at(0).raw(new DosHeader(DosHeader.SIZE).toBytes());
    w.at(DosHeader.SIZE).ascii("PE").zeros(2); // Signature
    w.raw(coffHeader(sections.size()).toBytes());
    w.raw(optionalHeader(table, sizeOfHeaders).toBytes());
    table.forEach(header -> w.raw(header.toBytes()));
    for (int i = 0; i < table.size(); i++) {
      if (table.get(i).sizeOfRawData() > 0) {
        w.zerosTo(table.get(i).pointerToRawData()).raw(sections.get(i).bytes());
      }
    }
    byte[] image = w.zerosTo(end).endsAt(end);
    ByteBuffer.wrap(image)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(CHECK_SUM, PeChecksum.of(image, CHECK_SUM));
    return image;
  }

  private static List<SectionHeader> plan(List<PeSection> sections, int sizeOfHeaders) {
    List<SectionHeader> table = new ArrayList<>();
    int address = ENTRY_POINT;
    int offset = sizeOfHeaders;
    for (PeSection section : sections) {
      int rawSize = align(section.bytes().length, OptionalHeader.FILE_ALIGNMENT);
      table.add(
          new SectionHeader(
              section.name(),
              section.size(),
              address,
              rawSize,
              rawSize == 0 ? 0 : offset,
              section.characteristics()));
      address = align(address + section.size(), OptionalHeader.SECTION_ALIGNMENT);
      offset += rawSize;
    }
    return table;
  }

  private static CoffHeader coffHeader(int sections) {
    return new CoffHeader(
        CoffHeader.MACHINE_AMD64,
        sections,
        OptionalHeader.SIZE,
        CoffHeader.EXECUTABLE_IMAGE | CoffHeader.LARGE_ADDRESS_AWARE);
  }

  private static OptionalHeader optionalHeader(List<SectionHeader> table, int sizeOfHeaders) {
    SectionHeader last = table.get(table.size() - 1);
    return new OptionalHeader(
        rawSize(table, SectionHeader.CODE),
        rawSize(table, SectionHeader.INITIALIZED_DATA),
        uninitialized(table),
        ENTRY_POINT,
        ENTRY_POINT,
        align(last.virtualAddress() + last.virtualSize(), OptionalHeader.SECTION_ALIGNMENT),
        sizeOfHeaders);
  }

  private static int rawSize(List<SectionHeader> table, int kind) {
    return table.stream()
        .filter(header -> (header.characteristics() & kind) != 0)
        .mapToInt(SectionHeader::sizeOfRawData)
        .sum();
  }

  private static int uninitialized(List<SectionHeader> table) {
    return table.stream()
        .filter(header -> (header.characteristics() & SectionHeader.UNINITIALIZED_DATA) != 0)
        .mapToInt(header -> align(header.virtualSize(), OptionalHeader.FILE_ALIGNMENT))
        .sum();
  }

  private static int align(int value, int alignment) {
    return (value + alignment - 1) & -alignment;
  }
}
