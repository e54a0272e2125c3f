package zeroboot.spec;

import java.util.Arrays;
import java.util.Locale;
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

  /** Whether a BIOS has to find something to start. */
  public boolean bios() {
    return this != UEFI;
  }

  /** Whether a UEFI firmware has to find something to start. */
  public boolean uefi() {
    return this != BIOS;
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
