package zeroboot.cli.output;

import picocli.CommandLine.Option;

/** {@code --force} of the commands that write files. */
public final class ForceOption {
  @Option(names = "--force", description = "Replace files that are there already.")
  boolean isWanted;

  /** Whether files that are there already may be replaced. */
  public boolean isWanted() {
    return isWanted;
  }
}
