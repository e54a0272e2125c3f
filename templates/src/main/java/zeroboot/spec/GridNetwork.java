package zeroboot.spec;

import java.util.Arrays;
import java.util.Locale;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/**
 * One of the four ThreeFold grid networks. Zero-OS gets only the short run mode: one of its two
 * command line readers does not know the long names and would take them for production.
 */
public enum GridNetwork {
  /** The production grid. */
  MAIN("main", "prod"),
  /** The test grid. */
  TEST("test", "test"),
  /** The quality assurance grid. */
  QA("qa", "qa"),
  /** The developers' grid. */
  DEV("dev", "dev");

  private final String shown;
  private final String runMode;

  GridNetwork(String shown, String runMode) {
    this.shown = shown;
    this.runMode = runMode;
  }

  /** Reads one of the names that are in use, in any case. */
  public static GridNetwork parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "main", "mainnet", "prod", "production" -> MAIN;
      case "test", "testnet" -> TEST;
      case "qa", "qanet" -> QA;
      case "dev", "devnet" -> DEV;
      default ->
          throw ZbootException.settings(
              "network '" + text + "'",
              "there is no such grid network",
              Spelling.mend(text, Arrays.stream(values()).map(GridNetwork::shown).toList()));
    };
  }

  /** The name that people see: {@code main}, {@code test}, {@code qa}, {@code dev}. */
  public String shown() {
    return shown;
  }

  /** The value of the kernel parameter {@code runmode}. */
  public String runMode() {
    return runMode;
  }

  /** Where ThreeFold serves this network's newest kernel. */
  public KernelUrl kernelUrl() {
    return KernelUrl.parse("https://bootstrap.grid.tf/kernel/net/" + runMode + ".efi");
  }
}
