package zeroboot.image;

import zeroboot.spec.TargetFirmware;
import zeroboot.stage.BootStages;

/** One way from firmware to iPXE: our own code, and where it lies. */
public enum BootPath {
  /** A BIOS, or UEFI firmware in its BIOS mode. */
  BIOS(TargetFirmware.BIOS, "the BIOS stage", BootParts.BIOS_CODE) {
    @Override
    public byte[] stage() {
      return BootStages.biosStage();
    }
  },
  /** UEFI firmware of x86-64 machines. */
  UEFI_X64(TargetFirmware.UEFI, "the UEFI loader", BootParts.UEFI_FILE) {
    @Override
    public byte[] stage() {
      return BootStages.efiLoader();
    }
  };

  private final TargetFirmware firmware;
  private final String stageTitle;
  private final String region;

  BootPath(TargetFirmware firmware, String stageTitle, String region) {
    this.firmware = firmware;
    this.stageTitle = stageTitle;
    this.region = region;
  }

  /** The choice of this way alone. */
  public TargetFirmware firmware() {
    return firmware;
  }

  /** The way of machines with this firmware, which is not both. */
  public static BootPath of(TargetFirmware firmware) {
    for (BootPath path : values()) {
      if (path.firmware == firmware) {
        return path;
      }
    }
    throw new IllegalArgumentException(firmware + " is not one way");
  }

  /** Our own code on it, for sentences: {@code the BIOS stage}. */
  public String stageTitle() {
    return stageTitle;
  }

  /** What layouts call that which firmware starts. */
  public String region() {
    return region;
  }

  /** Our own code on it, as this version assembles it. */
  public abstract byte[] stage();
}
