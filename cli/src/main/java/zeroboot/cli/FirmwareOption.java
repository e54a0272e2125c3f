package zeroboot.cli;

import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.Option;
import zeroboot.spec.TargetFirmware;

/** Which machines an image is for. */
final class FirmwareOption {
  @Option(
      names = "--firmware",
      paramLabel = "NAME",
      defaultValue = "both",
      completionCandidates = Names.class,
      description = "Boot both (default), or bios or uefi alone.")
  private String firmware = "both";

  /** For the completion of the option. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(TargetFirmware.values()).map(TargetFirmware::shown).iterator();
    }
  }

  /** The choice, checked. */
  TargetFirmware chosen() {
    return TargetFirmware.parse(firmware);
  }
}
