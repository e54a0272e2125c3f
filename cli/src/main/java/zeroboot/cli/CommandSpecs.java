package zeroboot.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import zeroboot.cli.console.Session;

/**
 * The commands and their options as picocli wants them, before they are put together.
 *
 * <p>The annotations of the commands say all of it. Reading them takes longer than making an image,
 * so the build does it once ({@link SpecWriter}) and writes classes that say the same without
 * reflection: {@code BuiltSpecs}, and {@code XArguments} beside each annotated class {@code X}.
 */
abstract class CommandSpecs {
  private static @Nullable CommandSpecs built;

  /** What the build has written. */
  static CommandSpecs built() {
    if (built == null) {
      try {
        // The class says what it is as it is loaded: no constructor has to be looked for.
        Class.forName("zeroboot.cli.BuiltSpecs");
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("the build did not write BuiltSpecs", e);
      }
    }
    if (built == null) {
      throw new IllegalStateException("BuiltSpecs did not say what it is");
    }
    return built;
  }

  /** For {@code BuiltSpecs} alone. */
  static void use(CommandSpecs specs) {
    built = specs;
  }

  /** {@code zboot} itself, without other commands. */
  abstract CommandSpec root(Object zboot);

  /** One command with those below it. */
  abstract CommandSpec of(Subcommand command, Session session);

  /** A command by name and description alone, which cannot run. */
  abstract CommandSpec named(Subcommand command);
}
