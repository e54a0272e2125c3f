package zeroboot.image.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.BootEntry;

/** The bootable entries of a boot catalog, in order, each with its platform. */
record CatalogEntries(List<Entry> entries) {
  record Entry(int platform, BootEntry entry) {
    /** For people: {@code BIOS at block 33, 4 sectors}. */
    String shown() {
      return CatalogEntries.platform(platform)
          + " at block "
          + entry.block()
          + ", "
          + entry.sectorCount()
          + " sectors";
    }
  }

  static CatalogEntries of(BootCatalog catalog) {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry(catalog.platform(), catalog.initial()));
    for (BootCatalog.Section section : catalog.sections()) {
      section.entries().forEach(entry -> entries.add(new Entry(section.platform(), entry)));
    }
    return new CatalogEntries(entries.stream().filter(e -> e.entry().bootable()).toList());
  }

  /** Where the first entry of a platform leads. */
  Optional<Long> block(int platform) {
    return entries.stream()
        .filter(e -> e.platform() == platform)
        .map(e -> e.entry().block())
        .findFirst();
  }

  /** El Torito section 2.1, platform ID. */
  private static String platform(int id) {
    return switch (id) {
      case BootCatalog.X86 -> "BIOS";
      case 1 -> "PowerPC";
      case 2 -> "Mac";
      case BootCatalog.UEFI -> "UEFI";
      default -> "platform " + id;
    };
  }
}
