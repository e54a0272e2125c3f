package zeroboot.cli.settings;

import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.Option;
import zeroboot.spec.TargetFirmware;

/** Which machines an image is for. */
public final class FirmwareOption {
  @Option(
      names = "--firmware",
      paramLabel = "NAME",
      defaultValue = "both",
      completionCandidates = Names.class,
      description = "Boot both (default), or bios or uefi alone.")
  String firmware = "both";

  /** For the completion of the option. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(TargetFirmware.values()).map(TargetFirmware::shown).iterator();
    }
  }

  /** Whether something else than the usual was asked for. */
  public boolean isGiven() {
    return chosen() != TargetFirmware.BOTH;
  }

  /** The choice, checked. */
  public TargetFirmware chosen() {
    return TargetFirmware.parse(firmware);
  }
}
