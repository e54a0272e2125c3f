package zeroboot.image;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.bios.BiosBlob;
import zeroboot.image.plan.BootCode;
import zeroboot.image.plan.EfiSigner;
import zeroboot.image.plan.SizeCap;
import zeroboot.image.uefi.PackedCore;
import zeroboot.image.uefi.PackedCores;
import zeroboot.image.uefi.PayloadHunt;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.script.BootScript;
import zeroboot.spec.BootPath;
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

  /** Reads the core that zboot carries, for who will need it and has something else to do first. */
  public static void prepare() {
    PackedCores.prepare();
    BundledCore.load().lkrn();
  }

  /** {@link #make(Form, TargetFirmware, Rack, BootScript)} for all the form can boot. */
  public BootImage make(Form form, Rack rack, BootScript script) {
    return make(form, form.firmware(), rack, script);
  }

  /**
   * The image of {@code script}, which was made from {@code rack} for this core.
   *
   * @param firmware what it shall boot; a form for one firmware takes that one only
   * @throws zeroboot.ground.ZbootException if it would be larger than {@link SizeCap#BYTES}
   */
  public BootImage make(Form form, TargetFirmware firmware, Rack rack, BootScript script) {
    if (!form.isFor(firmware)) {
      throw new IllegalArgumentException(form + " for " + firmware);
    }
    Map<BootPath, BootCode> codes = new EnumMap<>(BootPath.class);
    for (BootPath path : firmware.paths()) {
      codes.put(path, code(path, script));
    }
    return form.make(new ImageContents(firmware, rack, script, core, codes));
  }

  private BootCode code(BootPath path, BootScript script) {
    return switch (path) {
      case BIOS -> BiosBlob.of(core, script);
      // The signature around the file covers the script as well.
      case UEFI_X64 -> SealedEfi.build(packed(), SealedEfi.loader(core), script).signedBy(signer);
    };
  }

  /**
   * The scripts of all images of this core that may be in {@code bytes}, as their UEFI halves have
   * them. Those may be damaged anywhere, but in a script itself in one byte only.
   */
  public Set<String> scriptsIn(byte[] bytes) {
    return PayloadHunt.in(bytes, this::packed);
  }

  /** Packing a core that is not zboot's own takes seconds; a BIOS form needs none. */
  private synchronized PackedCore packed() {
    if (packed == null) {
      packed = PackedCores.of(core);
    }
    return packed;
  }
}
