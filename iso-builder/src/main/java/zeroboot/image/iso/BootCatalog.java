package zeroboot.image.iso;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.spec.BootPath;

/**
 * El Torito boot catalog in one block of 2048 bytes (El Torito section 2.0).
 *
 * @param platform of the initial entry: {@link #X86} or {@link #UEFI}
 * @param initial what firmware starts if it knows nothing of sections
 * @param sections further entries
 */
public record BootCatalog(int platform, BootEntry initial, List<Section> sections) {
  /** Platform ID of PCs with a BIOS. */
  public static final int X86 = 0;

  /** Platform ID that UEFI looks for (UEFI specification, section "ISO-9660 and El Torito"). */
  public static final int UEFI = 0xEF;

  /** In the validation entry and in section headers. */
  private static final int PLATFORM = 1;

  /** Size on the CD: what zboot writes and looks at, one block. */
  public static final int BYTES = PrimaryVolumeDescriptor.BLOCK;

  private static final int SECTION_ENTRIES = 2;
  private static final int KEY = 30;
  private static final int KEY_BYTES = 0xAA55;
  private static final int VALIDATION = 0x01;
  private static final int HEADER = 0x90;
  private static final int FINAL_HEADER = 0x91;
  private static final int EXTENSION = 0x44;

  /** The platform ID that the firmware of this way looks for. */
  public static int platform(BootPath path) {
    return switch (path) {
      case BIOS -> X86;
      case UEFI_X64 -> UEFI;
    };
  }

  /**
   * Entries of one platform.
   *
   * @param platform {@link #X86} or {@link #UEFI}
   */
  public record Section(int platform, List<BootEntry> entries) {
    /** Keeps its own list. */
    public Section {
      entries = List.copyOf(entries);
    }
  }

  /** Keeps its own list. */
  public BootCatalog {
    sections = List.copyOf(sections);
  }

  /** The catalog of one entry for each way; firmware that knows no sections starts the first. */
  public static BootCatalog of(Map<BootPath, BootEntry> entries) {
    List<Section> all = new ArrayList<>();
    entries.forEach((path, entry) -> all.add(new Section(platform(path), List.of(entry))));
    Section first = all.remove(0);
    return new BootCatalog(first.platform(), first.entries().get(0), all);
  }

  /** The block. */
  public byte[] toBytes() {
    SpecWriter w = new SpecWriter(BYTES);
    w.at(0).raw(validationEntry(platform));
    w.at(BootEntry.BYTES).raw(initial.toBytes());
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      w.raw(header(section, i == sections.size() - 1));
      section.entries().forEach(entry -> w.raw(entry.toBytes()));
    }
    w.zerosTo(BYTES);
    return w.endsAt(BYTES);
  }

  /** Validation entry (section 2.1, figure 2): its sixteen words add up to 0. */
  static byte[] validationEntry(int platform) {
    int checksum = 0x10000 - (VALIDATION | (platform << 8)) - KEY_BYTES;
    SpecWriter w = new SpecWriter(BootEntry.BYTES);
    w.at(0).u8(VALIDATION); // header ID
    w.at(PLATFORM).u8(platform); // platform ID
    w.at(2).zeros(2); // reserved
    w.at(4).zeros(24); // ID string
    w.at(28).le16(checksum & 0xFFFF); // checksum word
    w.at(KEY).le16(KEY_BYTES); // key bytes 55 AA
    return w.endsAt(BootEntry.BYTES);
  }

  /** Section header entry (section 2.3, figure 4). */
  private static byte[] header(Section section, boolean last) {
    SpecWriter w = new SpecWriter(BootEntry.BYTES);
    w.at(0).u8(last ? FINAL_HEADER : HEADER); // header indicator
    w.at(PLATFORM).u8(section.platform()); // platform ID
    w.at(SECTION_ENTRIES)
        .le16(section.entries().size()); // number of section entries following this header
    w.at(4).zeros(28); // ID string
    return w.endsAt(BootEntry.BYTES);
  }

  /**
   * Reads the catalog in {@code r}.
   *
   * @throws zeroboot.ground.ZbootException if its validation entry is wrong or its sections go on
   *     behind {@code r}
   */
  public static BootCatalog read(SpecReader r) {
    r.require(r.u8(0) == VALIDATION && r.le16(KEY) == KEY_BYTES, "no validation entry");
    int sum = 0;
    for (int at = 0; at < BootEntry.BYTES; at += 2) {
      sum += r.le16(at);
    }
    r.require((sum & 0xFFFF) == 0, "the checksum of the validation entry is wrong");
    BootEntry initial = BootEntry.read(entry(r, BootEntry.BYTES));
    return new BootCatalog(r.u8(PLATFORM), initial, readSections(r));
  }

  private static List<Section> readSections(SpecReader r) {
    List<Section> sections = new ArrayList<>();
    int at = 2 * BootEntry.BYTES;
    int indicator = HEADER;
    while (indicator != FINAL_HEADER && at < r.size() && r.u8(at) >= HEADER) {
      SpecReader header = entry(r, at);
      indicator = header.u8(0);
      header.require(indicator <= FINAL_HEADER, "header indicator " + indicator);
      List<BootEntry> entries = new ArrayList<>();
      at += BootEntry.BYTES;
      while (entries.size() < header.le16(SECTION_ENTRIES)) {
        if (r.u8(at)
            != EXTENSION) { // more selection criteria (section 2.5); we have no use for them
          entries.add(BootEntry.read(entry(r, at)));
        }
        at += BootEntry.BYTES;
      }
      sections.add(new Section(header.u8(PLATFORM), entries));
    }
    return sections;
  }

  private static SpecReader entry(SpecReader r, int at) {
    return r.part("El Torito boot catalog entry", at, BootEntry.BYTES);
  }
}
