package zeroboot.image;

import zeroboot.core.IpxeCore;
import zeroboot.spec.TargetFirmware;
import zeroboot.stage.BootStages;

/** One way from firmware to iPXE: our own code, the iPXE file that it starts, where both lie. */
public enum BootPath {
  /** A BIOS, or UEFI firmware in its BIOS mode. */
  BIOS(TargetFirmware.BIOS, "the BIOS stage", BootParts.BIOS_CODE) {
    @Override
    public byte[] stage() {
      return BootStages.biosStage();
    }

    @Override
    public byte[] coreFile(IpxeCore core) {
      return core.lkrn();
    }
  },
  /** UEFI firmware of x86-64 machines. */
  UEFI_X64(TargetFirmware.UEFI, "the UEFI loader", BootParts.UEFI_FILE) {
    @Override
    public byte[] stage() {
      return BootStages.efiLoader();
    }

    @Override
    public byte[] coreFile(IpxeCore core) {
      return core.efi();
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

  /** Whether machines of {@code chosen} go this way. */
  public boolean isFor(TargetFirmware chosen) {
    return chosen == TargetFirmware.BOTH || chosen == firmware;
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

  /** The file of {@code core} that it starts. */
  public abstract byte[] coreFile(IpxeCore core);
}
