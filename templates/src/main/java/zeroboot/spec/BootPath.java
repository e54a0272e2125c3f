package zeroboot.spec;

import java.util.Set;

/**
 * One way from firmware to iPXE. What differs between them is held by these values, so another
 * machine's firmware is another of them, and the compiler names what it still lacks.
 */
public enum BootPath {
  /** A BIOS, or UEFI firmware in its BIOS (CSM, legacy) mode. */
  BIOS("BIOS", "lkrn", "the BIOS stage"),
  /** UEFI firmware of x86-64 machines. */
  UEFI_X64("UEFI", "efi", "the UEFI loader");

  private final String machines;
  private final String coreFile;
  private final String stageTitle;

  BootPath(String machines, String coreFile, String stageTitle) {
    this.machines = machines;
    this.coreFile = coreFile;
    this.stageTitle = stageTitle;
  }

  /** For sentences: {@code BIOS}, as in "BIOS machines". */
  public String machines() {
    return machines;
  }

  /** What iPXE calls its file for it: {@code lkrn}, {@code efi}. Records name its facts so. */
  public String coreFile() {
    return coreFile;
  }

  /** Our own code on it, for sentences: {@code the BIOS stage}. */
  public String stageTitle() {
    return stageTitle;
  }

  /** The choice of this way alone. */
  public TargetFirmware firmware() {
    return TargetFirmware.of(Set.of(this));
  }
}
