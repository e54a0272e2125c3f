package zeroboot.image;

import zeroboot.image.uefi.SealedEfi;
import zeroboot.spec.BootPath;
import zeroboot.spec.TargetFirmware;

/** {@link SealedEfi}, a file of its own. */
final class EfiForm extends Form {
  EfiForm() {
    super("efi", "efi", "a UEFI file", "efi", TargetFirmware.UEFI, Start.UEFI_FILE, Mark.PROGRAM);
  }

  @Override
  BootImage make(ImageContents contents) {
    return contents.alone(BootPath.UEFI_X64);
  }

  @Override
  public boolean recognises(byte[] head) {
    return SealedEfi.claims(head);
  }
}
