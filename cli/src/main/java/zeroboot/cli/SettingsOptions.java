package zeroboot.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import zeroboot.spec.BootSpec;
import zeroboot.spec.FailureAction;
import zeroboot.spec.FarmId;
import zeroboot.spec.GridNetwork;
import zeroboot.spec.KernelArgument;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.ZbootException;

/** What the node shall be told: the options of every making command. */
final class SettingsOptions {
  @Option(
      names = "--farm-id",
      paramLabel = "N",
      description = "The farm that the node joins, 1 to 4294967295. Required.")
  private @Nullable String farmId;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "The grid network: main, test, qa or dev. Default: main.")
  private String network = "main";

  @Option(
      names = "--kernel-url",
      paramLabel = "URL",
      description = "Fetch the kernel from here instead; may be repeated, tried in this order.")
  private List<String> kernelUrls = new ArrayList<>();

  @Option(
      names = "--kernel-arg",
      paramLabel = "WORD",
      description = "A further word for the kernel command line; may be repeated.")
  private List<String> kernelArguments = new ArrayList<>();

  @Option(
      names = "--on-failure",
      paramLabel = "ACTION",
      defaultValue = "reboot",
      description = "If no kernel starts: reboot, shell or poweroff. Default: reboot.")
  private String onFailure = "reboot";

  /** The settings, checked. */
  BootSpec toSpec() {
    if (farmId == null) {
      throw ZbootException.usage(
          "--farm-id",
          "the farm ID is missing",
          "add --farm-id N; the dashboard shows your farm's ID under Farms");
    }
    return new BootSpec(
        FarmId.parse(farmId),
        GridNetwork.parse(network),
        kernelUrls.stream().map(KernelUrl::parse).toList(),
        kernelArguments.stream().map(KernelArgument::parse).toList(),
        FailureAction.parse(onFailure));
  }
}
