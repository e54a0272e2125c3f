package zeroboot.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --quiet} of the commands that tell what they have done. */
final class QuietOption {
  static final String NAME = "--quiet";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** From now on the command's streams carry results and errors alone. */
  @Option(
      names = {"-q", NAME},
      description = "Say nothing unless it goes wrong.")
  void quiet(boolean isWanted) {
    if (isWanted) {
      Zboot.of(command).beQuiet();
    }
  }
}
