package zeroboot.cli.output;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.cli.console.Streams;
import zeroboot.ground.ZbootException;

/** Where a result goes and how it is told. */
public final class OutputOptions {
  private static final String STDOUT = "-";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|-",
      description = "Write to this file; - is standard output.")
  @Nullable String output;

  @Mixin final ForceOption force = new ForceOption();

  @Option(names = "--json", description = "Print the receipt as JSON on standard output.")
  boolean json;

  public boolean isJson() {
    return json;
  }

  /**
   * Where to write: what the user said, else {@code otherwise} ({@code "-"} is standard output).
   */
  public Target target(String otherwise, Streams streams) {
    String name = output == null ? otherwise : output;
    if (!name.equals(STDOUT)) {
      return FileTarget.of(name, force.isWanted());
    }
    if (json) {
      throw ZbootException.usage(
          "--json", "the result itself goes to standard output", "add -o FILE");
    }
    return new StdoutTarget(streams.out());
  }
}
