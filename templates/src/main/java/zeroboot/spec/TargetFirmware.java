package zeroboot.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/** What firmware a medium is made for. */
public enum TargetFirmware {
  /** Whatever the machine has. */
  BOTH("UEFI and in BIOS mode"),
  /** Only machines with a BIOS, or with UEFI in its BIOS (CSM, legacy) mode. */
  BIOS("BIOS mode only"),
  /** Only machines with UEFI. */
  UEFI("UEFI mode only");

  private final String modes;

  TargetFirmware(String modes) {
    this.modes = modes;
  }

  /** The choice of exactly these ways. */
  public static TargetFirmware of(Set<BootPath> paths) {
    for (TargetFirmware firmware : values()) {
      if (paths.equals(Set.copyOf(firmware.paths()))) {
        return firmware;
      }
    }
    throw new IllegalArgumentException("no firmware has " + paths);
  }

  /** Reads one of the names, in any case. */
  public static TargetFirmware parse(String text) {
    for (TargetFirmware firmware : values()) {
      if (firmware.shown().equals(text.toLowerCase(Locale.ROOT))) {
        return firmware;
      }
    }
    throw ZbootException.settings(
        "firmware '" + text + "'",
        "there is no such firmware",
        Spelling.mend(text, Arrays.stream(values()).map(TargetFirmware::shown).toList()));
  }

  /** The ways on which something has to be found to start, in their order. */
  public List<BootPath> paths() {
    return switch (this) {
      case BOTH -> List.of(BootPath.values());
      case BIOS -> List.of(BootPath.BIOS);
      case UEFI -> List.of(BootPath.UEFI_X64);
    };
  }

  /** The name that people use: {@code both}, {@code bios}, {@code uefi}. */
  public String shown() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Completes the sentence "It works in …". */
  public String modes() {
    return modes;
  }
}
