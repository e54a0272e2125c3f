package zeroboot.image.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.CatalogEntries;
import zeroboot.image.iso.PrimaryVolumeDescriptor;
import zeroboot.image.plan.Extent;
import zeroboot.spec.BootPath;

/** What boots as a CD has to be what boots as a stick. */
final class CatalogCheck {
  private CatalogCheck() {}

  /**
   * The ways on which it is not.
   *
   * @param started what firmware starts from a stick, by the way that it goes
   */
  static List<Defect> of(BootCatalog catalog, Function<BootPath, Optional<Extent>> started) {
    CatalogEntries entries = CatalogEntries.of(0, catalog);
    List<Defect> defects = new ArrayList<>();
    for (BootPath path : BootPath.values()) {
      Optional<CatalogEntries.Entry> entry = entries.first(path);
      Optional<Extent> place = started.apply(path);
      if (!entry.map(CatalogEntries.Entry::offset).equals(place.map(Extent::offset))) {
        defects.add(
            new Defect(
                Defect.Fault.CD_IS_ANOTHER,
                "As a CD this boots "
                    + path.machines()
                    + " machines from "
                    + entry.map(e -> "block " + e.block()).orElse("nowhere")
                    + ", as a stick from "
                    + place
                        .map(p -> "block " + p.offset() / PrimaryVolumeDescriptor.BLOCK)
                        .orElse("nowhere")));
      }
    }
    return defects;
  }
}
