package zeroboot.cli.settings;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.VersionText;
import zeroboot.profile.ProfileSchema;

/** {@code zboot config schema}. */
@Command(
    addMethodSubcommands = false,
    name = "schema",
    description = "Prints the JSON Schema of profiles, with which editors complete them.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot config schema >farm.schema.json"})
final class ConfigSchemaCommand implements Callable<Integer> {
  private final Session session;

  ConfigSchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.streams().out().print(Shown.lines(ProfileSchema.json()));
    return ExitCode.OK;
  }
}
