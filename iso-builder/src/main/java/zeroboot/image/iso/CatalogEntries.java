package zeroboot.image.iso;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.spec.BootPath;

/**
 * The bootable entries of a boot catalog, in order, each with its platform.
 *
 * @param offset where the catalog lies, in bytes
 */
public record CatalogEntries(long offset, List<Entry> entries) {
  /**
   * One that firmware may start.
   *
   * @param block where it begins, in blocks of 2048 bytes
   * @param sectorCount how much of it firmware loads, in sectors of 512 bytes
   */
  public record Entry(int platform, long block, int sectorCount) {
    /** Where it begins, in bytes. */
    public long offset() {
      return block * PrimaryVolumeDescriptor.BLOCK;
    }

    private static Entry of(int platform, BootEntry entry) {
      return new Entry(platform, entry.block(), entry.sectorCount());
    }

    /** For people: {@code BIOS at block 33, 4 sectors}. */
    public String shown() {
      return CatalogEntries.platform(platform)
          + " at block "
          + block
          + ", "
          + sectorCount
          + " sectors";
    }
  }

  /** Those of an ISO image; empty if it has no boot catalog that could be read. */
  public static Optional<CatalogEntries> in(byte[] iso) {
    SpecReader image = SpecReader.of("ISO", iso);
    try {
      Optional<Long> at = IsoSummary.read(image).bootCatalog();
      return at.map(
          offset ->
              of(
                  offset,
                  BootCatalog.read(
                      image.part("El Torito boot catalog", offset, BootCatalog.BYTES))));
    } catch (ZbootException e) {
      return Optional.empty();
    }
  }

  public static CatalogEntries of(long offset, BootCatalog catalog) {
    List<Entry> entries = new ArrayList<>();
    if (catalog.initial().isBootable()) {
      entries.add(Entry.of(catalog.platform(), catalog.initial()));
    }
    for (BootCatalog.Section section : catalog.sections()) {
      section.entries().stream()
          .filter(BootEntry::isBootable)
          .forEach(entry -> entries.add(Entry.of(section.platform(), entry)));
    }
    return new CatalogEntries(offset, List.copyOf(entries));
  }

  /** The first of this way. */
  public Optional<Entry> first(BootPath path) {
    return entries.stream()
        .filter(entry -> entry.platform() == BootCatalog.platform(path))
        .findFirst();
  }

  /** El Torito section 2.1, platform ID. */
  private static String platform(int id) {
    for (BootPath path : BootPath.values()) {
      if (BootCatalog.platform(path) == id) {
        return path.machines();
      }
    }
    return switch (id) {
      case 1 -> "PowerPC";
      case 2 -> "Mac";
      default -> "platform " + id;
    };
  }
}
