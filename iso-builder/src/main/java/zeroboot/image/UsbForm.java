package zeroboot.image;

import java.util.List;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.plan.Extent;
import zeroboot.spec.TargetFirmware;

/** {@link UsbImage}. */
final class UsbForm extends Form {
  UsbForm() {
    super(
        "usb",
        "usb --table mbr",
        "a USB image",
        "img",
        TargetFirmware.BOTH,
        Start.DISK,
        Mark.NOTHING);
  }

  @Override
  BootImage make(ImageContents contents) {
    return contents.detailed(UsbImage.make(contents.parts()));
  }

  /** Whatever is nothing else: a damaged stick is one of these. */
  @Override
  public boolean recognises(byte[] head) {
    return true;
  }

  @Override
  public List<Extent> structures(SpecReader head) {
    return List.of(new Extent("boot record", 0, MasterBootRecord.BYTES));
  }
}
