package zeroboot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import zeroboot.profile.ProfileSchema;

/** {@code zboot config schema}. */
@Command(
    addMethodSubcommands = false,
    name = "schema",
    description = "Prints the JSON Schema of profiles, with which editors complete them.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class)
final class ConfigSchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Zboot.of(spec).streams().out().print(Shown.lines(ProfileSchema.json()));
    return ExitCode.OK;
  }
}
