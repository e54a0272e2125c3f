package zeroboot.testing;

import java.nio.file.Path;

/** What starts a virtual machine. */
public enum Firmware {
  /**
   * SeaBIOS, which comes with QEMU. The screen that it mirrors to serial breaks after 80 columns.
   */
  BIOS(80, "", ""),
  /** OVMF without Secure Boot. Its console leaves long lines whole. */
  UEFI(Integer.MAX_VALUE, "OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd"),
  /** OVMF that enforces Secure Boot with the public test key of the ovmf package. */
  UEFI_SECURE_BOOT(Integer.MAX_VALUE, "OVMF_CODE_4M.secboot.fd", "OVMF_VARS_4M.snakeoil.fd");

  private static final Path FOLDER = Path.of("/usr/share/OVMF");
  private final int columns;
  private final String code;
  private final String variables;

  Firmware(int columns, String code, String variables) {
    this.columns = columns;
    this.code = code;
    this.variables = variables;
  }

  /** Variables without any key: with them the firmware is in setup mode and enforces nothing. */
  public static Path variablesWithoutKeys() {
    return ForeignTool.requireFile("OVMF", FOLDER.resolve("OVMF_VARS_4M.fd"));
  }

  int columns() {
    return columns;
  }

  boolean isUefi() {
    return this != BIOS;
  }

  /** The read-only half of the firmware, or a skipped (in CI: failed) test. */
  Path code() {
    return ForeignTool.requireFile("OVMF", FOLDER.resolve(code));
  }

  /** The variable store that a new machine starts with; the same for all, so only ever copied. */
  Path variables() {
    return ForeignTool.requireFile("OVMF", FOLDER.resolve(variables));
  }
}
