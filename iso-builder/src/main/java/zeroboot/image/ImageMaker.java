package zeroboot.image;

import java.util.Map;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.image.bios.BiosBlob;
import zeroboot.image.uefi.PackedCore;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.script.BootScript;
import zeroboot.script.MediumReadme;
import zeroboot.spec.BootSpec;

/**
 * Makes every form of image from the same parts. Holds what all images of one core share, so that
 * the second image costs a fraction of the first.
 */
public final class ImageMaker {
  private final IpxeCore core;
  private final PackedCore packed;

  /** A maker of images on {@code core}. */
  public ImageMaker(IpxeCore core) {
    this.core = core;
    this.packed = PackedCore.of(core);
  }

  /**
   * The image of {@code script}, which was made from {@code spec} for this core.
   *
   * @throws zeroboot.spec.ZbootException if it would be larger than {@link SizeCap#BYTES}
   */
  public BootImage make(ImageForm form, BootSpec spec, BootScript script) {
    FileTree files =
        FileTree.of(
            Map.of(
                BootParts.UEFI_FILE,
                SealedEfi.build(packed, script).bytes(),
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
