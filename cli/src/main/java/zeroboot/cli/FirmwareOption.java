package zeroboot.cli;

import picocli.CommandLine.Option;
import zeroboot.spec.TargetFirmware;

/** Which machines an image is for. */
final class FirmwareOption {
  @Option(
      names = "--firmware",
      paramLabel = "NAME",
      defaultValue = "both",
      description = "Boot both (default), or bios or uefi alone.")
  private String firmware = "both";

  /** The choice, checked. */
  TargetFirmware chosen() {
    return TargetFirmware.parse(firmware);
  }
}
