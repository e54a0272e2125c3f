package zeroboot.medium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import zeroboot.image.Forms;
import zeroboot.image.bios.BiosBlobReader;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.CatalogEntries;
import zeroboot.image.iso.PrimaryVolumeDescriptor;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Finding.Place;
import zeroboot.spec.BootPath;

/** What firmware starts from a CD is there once for each firmware, and where it was made for. */
final class BootEntryRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    boolean isIso = specimen.is(Forms.ISO) && !specimen.isSurrounded();
    return isIso
        ? CatalogEntries.in(specimen.bytes())
            .map(catalog -> judge(specimen, catalog))
            .orElse(List.of())
        : moved(specimen.reading());
  }

  /** Boot files of zboot's in an ISO that another tool wrote. */
  static List<Finding> moved(Reading reading) {
    return CatalogEntries.in(reading.beginning())
        .map(CatalogEntries::entries)
        .orElse(List.of())
        .stream()
        .flatMap(entry -> moved(reading.beginning(), entry).stream())
        .toList();
  }

  private static List<Finding> judge(Specimen specimen, CatalogEntries catalog) {
    Set<Integer> expected =
        specimen
            .remake()
            .filter(Remake::isNear)
            .flatMap(made -> CatalogEntries.in(made.bytes()))
            .map(BootEntryRule::platforms)
            .orElseGet(BootEntryRule::allPlatforms);
    Set<Integer> seen = new HashSet<>();
    List<Finding> findings = new ArrayList<>();
    for (CatalogEntries.Entry entry : catalog.entries()) {
      if (!expected.contains(entry.platform()) || !seen.add(entry.platform())) {
        findings.add(
            Finding.failed(
                    Kind.EXTRA_BOOT_ENTRY,
                    "the boot catalog has an entry that zboot does not make: " + entry.shown(),
                    AGAIN)
                .at(new Place(catalog.offset(), BootCatalog.BYTES, "El Torito boot catalog")));
      }
      moved(specimen.bytes(), entry).ifPresent(findings::add);
    }
    return findings;
  }

  private static Set<Integer> allPlatforms() {
    return Arrays.stream(BootPath.values()).map(BootCatalog::platform).collect(Collectors.toSet());
  }

  private static Set<Integer> platforms(CatalogEntries catalog) {
    return catalog.entries().stream()
        .map(CatalogEntries.Entry::platform)
        .collect(Collectors.toSet());
  }

  private static Optional<Finding> moved(byte[] iso, CatalogEntries.Entry entry) {
    long at = entry.offset();
    OptionalLong madeFor = BiosBlobReader.madeFor(iso, at);
    if (madeFor.isEmpty() || madeFor.getAsLong() == at) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.failed(
                Kind.MOVED_BOOT_FILE,
                "the BIOS boot code of zboot lies at block "
                    + entry.block()
                    + " but was made for block "
                    + madeFor.getAsLong() / PrimaryVolumeDescriptor.BLOCK
                    + ", where it looks for the rest of itself: BIOS machines end with a read or"
                    + " data error",
                AGAIN + " instead of changing the ISO with other tools")
            .at(new Place(at, PrimaryVolumeDescriptor.BLOCK, "BIOS boot code")));
  }
}
