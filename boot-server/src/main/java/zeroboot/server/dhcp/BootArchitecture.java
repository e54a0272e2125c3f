package zeroboot.server.dhcp;

import java.util.Optional;

/** What a client can start, by its word in option 93 (RFC 4578 section 2.1, IANA's registry). */
public enum BootArchitecture {
  /** Type 0. */
  BIOS("BIOS"),
  /** Types 7 and 9, which firmware uses for the same. */
  UEFI_X64("UEFI"),
  /** Type 16: UEFI of 64 bits that fetches a URL. */
  UEFI_X64_HTTP("UEFI HTTP");

  private final String shown;

  BootArchitecture(String shown) {
    this.shown = shown;
  }

  /** For people. */
  public String shown() {
    return shown;
  }

  /** The architecture of a type; empty for what no image of ours starts. */
  static Optional<BootArchitecture> of(int type) {
    return switch (type) {
      case 0 -> Optional.of(BIOS);
      case 7, 9 -> Optional.of(UEFI_X64);
      case 16 -> Optional.of(UEFI_X64_HTTP);
      default -> Optional.empty();
    };
  }
}
