package zeroboot.image;

import java.util.ArrayList;
import java.util.List;
import zeroboot.image.bios.BiosBlobReader;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.CatalogEntries;
import zeroboot.image.iso.IsoLayout;
import zeroboot.image.iso.IsoSummary;
import zeroboot.image.plan.Extent;
import zeroboot.spec.TargetFirmware;

/** {@link IsoImage}. */
final class IsoForm extends Form {

  /** More than the system area and all the volume descriptors that are looked at. */
  private static final int BEGINNING = 1 << 18;

  IsoForm() {
    super("iso", "iso", "an ISO image", "iso", TargetFirmware.BOTH, Start.CD, Mark.FORMAT);
  }

  @Override
  BootImage make(ImageContents contents) {
    return contents.detailed(IsoImage.make(contents.parts()));
  }

  @Override
  public boolean recognises(byte[] head) {
    return IsoSummary.isIso(SpecReader.of("medium", head));
  }

  /** Earlier versions left the system area empty behind its first sector. */
  @Override
  public List<Extent> structures(SpecReader head) {
    byte[] beginning = head.bytes(0, Math.min(head.size(), BEGINNING));
    List<Extent> structures = new ArrayList<>();
    int end = IsoLayout.SYSTEM_AREA;
    long catalog = CatalogEntries.in(beginning).map(CatalogEntries::offset).orElse(0L);
    if (catalog > 0 && catalog < IsoLayout.SYSTEM_AREA) {
      structures.add(new Extent(IsoImage.CATALOG, catalog, BootCatalog.BYTES));
      end = (int) catalog;
    }
    int bios = BiosBlobReader.find(beginning).orElse(0);
    structures.add(new Extent(IsoImage.SYSTEM_AREA, 0, bios > 0 ? Math.min(bios, end) : end));
    return structures;
  }
}
