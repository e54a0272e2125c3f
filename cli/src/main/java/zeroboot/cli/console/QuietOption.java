package zeroboot.cli.console;

import picocli.CommandLine.Option;

/** {@code --quiet} of the commands that tell what they have done. */
public final class QuietOption {
  static final String NAME = "--quiet";

  private final Streams streams;

  public QuietOption(Streams streams) {
    this.streams = streams;
  }

  /** From now on the command's streams carry results and errors alone. */
  @Option(
      names = {"-q", NAME},
      description = "Say nothing unless it goes wrong.")
  void quiet(boolean isWanted) {
    if (isWanted) {
      streams.beQuiet();
    }
  }
}
