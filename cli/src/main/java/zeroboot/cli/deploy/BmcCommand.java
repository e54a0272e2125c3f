package zeroboot.cli.deploy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import zeroboot.cli.console.VersionText;

/** {@code zboot bmc}. */
@Command(
    addMethodSubcommands = false,
    name = "bmc",
    description = "Looks at one management controller (Redfish): power, drives.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: zboot bmc show 192.0.2.7 --bmc-user operator"},
    subcommands = {BmcShowCommand.class, BmcPowerCommand.class, BmcEjectCommand.class})
public final class BmcCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
