package zeroboot.cli.settings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import zeroboot.cli.console.VersionText;

/** {@code zboot config}. */
@Command(
    addMethodSubcommands = false,
    name = "config",
    description = "Shows settings: all, or what a profile and options come to.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot config show --farm-id 4242 --vlan 302"},
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConfigListCommand.class, ConfigShowCommand.class, ConfigSchemaCommand.class})
public final class ConfigCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: list, show or schema");
  }
}
