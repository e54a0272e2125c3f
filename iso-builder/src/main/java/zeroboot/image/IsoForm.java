package zeroboot.image;

import java.util.List;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.iso.IsoSummary;
import zeroboot.image.plan.Extent;
import zeroboot.spec.TargetFirmware;

/** {@link IsoImage}. */
final class IsoForm extends Form {
  private static final int SYSTEM_AREA = 16 * 2048; // ECMA-119, section 6.2.1

  IsoForm() {
    super("iso", "an ISO image", "iso", TargetFirmware.BOTH, Start.CD);
  }

  @Override
  BootImage make(ImageContents contents) {
    return contents.detailed(IsoImage.make(contents.parts()));
  }

  @Override
  public boolean recognises(byte[] head) {
    return IsoSummary.isIso(SpecReader.of("medium", head));
  }

  @Override
  public List<Extent> structures(SpecReader head) {
    return List.of(new Extent("system area", 0, SYSTEM_AREA));
  }
}
