package zeroboot.image;

import java.util.Locale;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/** The shapes in which a medium can come as one file. */
public enum ImageForm {
  /** A CD image that also boots when it is written to a stick. */
  ISO("iso", TargetFirmware.BOTH),
  /** A disk image for a USB stick. */
  USB("img", TargetFirmware.BOTH),
  /** One sealed UEFI file: for {@code EFI/BOOT/BOOTX64.EFI}, UEFI PXE and HTTP boot. */
  EFI("efi", TargetFirmware.UEFI),
  /** One kernel file for the boot loaders of BIOS machines, and for BIOS PXE. */
  LKRN("lkrn", TargetFirmware.BIOS);

  private final String extension;
  private final TargetFirmware firmware;

  ImageForm(String extension, TargetFirmware firmware) {
    this.extension = extension;
    this.firmware = firmware;
  }

  /** The name that people and receipts use: {@code iso}, {@code usb}, {@code efi}, {@code lkrn}. */
  public String shown() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All that this form can boot; {@link TargetFirmware#BOTH} leaves the choice. */
  public TargetFirmware firmware() {
    return firmware;
  }

  /**
   * What the file is called when nobody says otherwise: {@code zboot-farm4242-main.iso}, with the
   * node's name or {@code -rack} where there is one, {@code zboot-provision.iso} without a farm.
   */
  public String fileName(Rack rack) {
    return fileName(rack, firmware);
  }

  /** The same for a chosen firmware: {@code zboot-farm4242-main-bios.iso}. */
  public String fileName(Rack rack, TargetFirmware chosen) {
    String only = chosen == firmware ? "" : "-" + chosen.shown();
    return baseName(rack) + only + "." + extension;
  }

  private static String baseName(Rack rack) {
    BootSpec spec = rack.defaults();
    StringBuilder name = new StringBuilder("zboot");
    spec.farmId()
        .ifPresentOrElse(
            farm -> name.append("-farm").append(farm).append('-').append(spec.network().shown()),
            () -> name.append("-provision"));
    spec.node().ifPresent(node -> name.append('-').append(node));
    if (!rack.nodes().isEmpty()) {
      name.append("-rack");
    }
    return name.toString();
  }
}
