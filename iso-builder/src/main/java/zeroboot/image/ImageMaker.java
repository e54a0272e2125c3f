package zeroboot.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import zeroboot.core.IpxeCore;
import zeroboot.image.bios.BiosBlob;
import zeroboot.image.plan.EfiSigner;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.FileTree;
import zeroboot.image.plan.Layout;
import zeroboot.image.plan.SizeCap;
import zeroboot.image.uefi.PackedCore;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.script.BootScript;
import zeroboot.script.MediumReadme;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/**
 * Makes every form of image from the same parts. Holds what all images of one core share, so that
 * the second image costs a fraction of the first.
 */
public final class ImageMaker {
  private final IpxeCore core;
  private final EfiSigner signer;
  private @Nullable PackedCore packed;

  /** A maker of images on {@code core}, without signatures. */
  public ImageMaker(IpxeCore core) {
    this(core, EfiSigner.NONE);
  }

  /** A maker of images on {@code core}, whose UEFI files {@code signer} signs. */
  public ImageMaker(IpxeCore core, EfiSigner signer) {
    this.core = core;
    this.signer = signer;
  }

  /** {@link #make(ImageForm, TargetFirmware, Rack, BootScript)} for all the form can boot. */
  public BootImage make(ImageForm form, Rack rack, BootScript script) {
    return make(form, form.firmware(), rack, script);
  }

  /**
   * The image of {@code script}, which was made from {@code rack} for this core.
   *
   * @param firmware what it shall boot; a form for one firmware takes that one only
   * @throws zeroboot.ground.ZbootException if it would be larger than {@link SizeCap#BYTES}
   */
  public BootImage make(ImageForm form, TargetFirmware firmware, Rack rack, BootScript script) {
    if (form.firmware() != TargetFirmware.BOTH && form.firmware() != firmware) {
      throw new IllegalArgumentException(form + " for " + firmware);
    }
    Optional<BiosBlob> bios =
        firmware.bios() ? Optional.of(BiosBlob.of(core, script)) : Optional.empty();
    Optional<SealedEfi> uefi = firmware.uefi() ? Optional.of(sealed(script)) : Optional.empty();
    return switch (form) {
      case EFI -> whole(uefi.orElseThrow().bytes(), uefi.orElseThrow().layout());
      case LKRN -> whole(bios.orElseThrow().standalone(), bios.orElseThrow().layout());
      case ISO, USB -> medium(form, firmware, rack, script, bios, uefi);
    };
  }

  private static BootImage whole(byte[] file, Layout layout) {
    SizeCap.check(layout);
    return new BootImage(file, layout);
  }

  private BootImage medium(
      ImageForm form,
      TargetFirmware firmware,
      Rack rack,
      BootScript script,
      Optional<BiosBlob> bios,
      Optional<SealedEfi> uefi) {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("README.TXT", MediumReadme.render(rack, script, core, firmware));
    files.put("ZBOOT.JSN", SettingsRecord.file(rack, script, core));
    uefi.ifPresent(file -> files.put(BootParts.UEFI_FILE, file.bytes()));
    BootParts parts = new BootParts(FileTree.of(files), bios.map(blob -> blob), script.imageId());
    BootImage image = form == ImageForm.ISO ? IsoImage.make(parts) : UsbImage.make(parts);
    return new BootImage(image.bytes(), detailed(image.layout(), bios, uefi));
  }

  /** Names what lies inside the two boot codes. */
  private static Layout detailed(Layout layout, Optional<BiosBlob> bios, Optional<SealedEfi> uefi) {
    List<Extent> inside = new ArrayList<>();
    bios.ifPresent(
        blob -> layout.find(BootParts.BIOS_CODE).ifPresent(at -> inside.addAll(blob.views(at))));
    uefi.ifPresent(
        file -> layout.find(BootParts.UEFI_FILE).ifPresent(at -> inside.addAll(file.views(at))));
    return layout.withViews(inside);
  }

  /** The signature around the file covers the script as well. */
  private SealedEfi sealed(BootScript script) {
    return SealedEfi.build(packed(), script).signedBy(signer);
  }

  /** Packing a core that is not zboot's own takes seconds; a BIOS form needs none. */
  private synchronized PackedCore packed() {
    if (packed == null) {
      packed = PackedCore.of(core);
    }
    return packed;
  }
}
