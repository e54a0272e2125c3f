package zeroboot.image.iso;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;

/**
 * The bootable entries of a boot catalog, in order, each with its platform.
 *
 * @param offset where the catalog lies, in bytes
 */
public record CatalogEntries(long offset, List<Entry> entries) {
  /** Platform ID of PCs with a BIOS. */
  public static final int BIOS = BootCatalog.X86;

  /** Platform ID of UEFI firmware. */
  public static final int UEFI = BootCatalog.UEFI;

  private static final int BLOCK = 2048;

  /**
   * One that firmware may start.
   *
   * @param block where it begins, in blocks of 2048 bytes
   * @param sectorCount how much of it firmware loads, in sectors of 512 bytes
   */
  public record Entry(int platform, long block, int sectorCount) {
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
              of(offset, BootCatalog.read(image.part("El Torito boot catalog", offset, BLOCK))));
    } catch (ZbootException e) {
      return Optional.empty();
    }
  }

  public static CatalogEntries of(long offset, BootCatalog catalog) {
    List<Entry> entries = new ArrayList<>();
    if (catalog.initial().bootable()) {
      entries.add(Entry.of(catalog.platform(), catalog.initial()));
    }
    for (BootCatalog.Section section : catalog.sections()) {
      section.entries().stream()
          .filter(BootEntry::bootable)
          .forEach(entry -> entries.add(Entry.of(section.platform(), entry)));
    }
    return new CatalogEntries(offset, List.copyOf(entries));
  }

  /** Where the first entry of a platform leads. */
  public Optional<Long> block(int platform) {
    return entries.stream().filter(e -> e.platform() == platform).map(Entry::block).findFirst();
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
