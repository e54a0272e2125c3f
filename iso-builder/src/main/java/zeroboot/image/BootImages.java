package zeroboot.image;

import java.util.Map;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.image.bios.BiosBlob;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.script.BootScript;
import zeroboot.script.MediumReadme;
import zeroboot.spec.BootSpec;

/** Makes every form of image from the same parts. */
public final class BootImages {
  private BootImages() {}

  /**
   * The image of {@code script} on {@code core}.
   *
   * @throws zeroboot.spec.ZbootException if it would be larger than {@link SizeCap#BYTES}
   */
  public static BootImage build(ImageForm form, BootSpec spec, BootScript script, IpxeCore core) {
    FileTree files =
        FileTree.of(
            Map.of(
                BootParts.UEFI_FILE,
                SealedEfi.build(core, script).bytes(),
                "README.TXT",
                MediumReadme.render(spec, script, core),
                "ZBOOT.JSN",
                SettingsRecord.file(spec, script, core)));
    BiosBlob bios = BiosBlob.of(core, script);
    BootParts parts = new BootParts(files, Optional.of(bios), script.imageId());
    return switch (form) {
      case ISO -> IsoImage.make(parts);
      case USB -> UsbImage.make(parts);
    };
  }
}
