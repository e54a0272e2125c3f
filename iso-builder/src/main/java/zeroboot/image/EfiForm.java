package zeroboot.image;

import zeroboot.image.uefi.SealedEfi;
import zeroboot.spec.TargetFirmware;

/** {@link SealedEfi}, a file of its own. */
final class EfiForm extends Form {
  EfiForm() {
    super("efi", "a UEFI file", "efi", TargetFirmware.UEFI, Start.UEFI_FILE);
  }

  @Override
  BootImage make(ImageContents contents) {
    SealedEfi file = contents.uefi().orElseThrow();
    return BootImage.within(file.bytes(), file.layout());
  }

  @Override
  public boolean recognises(byte[] head) {
    return SealedEfi.claims(head);
  }
}
