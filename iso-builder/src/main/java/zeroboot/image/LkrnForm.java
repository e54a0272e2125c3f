package zeroboot.image;

import zeroboot.image.bios.BiosBlob;
import zeroboot.image.bios.BiosBlobReader;
import zeroboot.spec.BootPath;
import zeroboot.spec.TargetFirmware;

/** {@link BiosBlob}, a file of its own. */
final class LkrnForm extends Form {
  LkrnForm() {
    super(
        "lkrn",
        "lkrn",
        "a BIOS kernel file",
        "lkrn",
        TargetFirmware.BIOS,
        Start.KERNEL,
        Mark.BOOT_CODE);
  }

  @Override
  BootImage make(ImageContents contents) {
    return contents.alone(BootPath.BIOS);
  }

  @Override
  public boolean recognises(byte[] head) {
    return BiosBlobReader.find(head).isPresent() && !BiosBlobReader.isDisk(head);
  }
}
