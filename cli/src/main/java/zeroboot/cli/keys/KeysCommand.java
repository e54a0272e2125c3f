package zeroboot.cli.keys;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import zeroboot.cli.console.VersionText;

/** {@code zboot keys}. */
@Command(
    addMethodSubcommands = false,
    name = "keys",
    description = "Makes and shows the keys that sign; revokes what they signed.",
    subcommands = {KeysNewCommand.class, KeysShowCommand.class, KeysRevokeCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  zboot keys new --name \"Example farm\" -o keys",
      "  zboot keys show keys/db.pem"
    })
public final class KeysCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
