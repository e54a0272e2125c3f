package zeroboot.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import zeroboot.core.CoreStore;
import zeroboot.spec.ZbootException;

/** The command {@code zboot} and the one place that turns what happened into an exit code. */
@Command(
    name = "zboot",
    description = "Makes boot media for ThreeFold Zero-OS nodes.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Make an image for farm 4242, in the current folder:",
      "  zboot iso --farm-id 4242",
      "  zboot usb --farm-id 4242",
      "",
      "Exit codes: 0 done, 1 a file could not be read or written, 2 wrong usage,",
      "3 invalid settings or image too large, 4 refused for safety,",
      "5 a signature does not verify, 70 a bug in zboot."
    })
final class Zboot implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error came from.")
  private boolean debug;

  @Spec private CommandSpec spec;

  private final Streams streams;
  private final Cores cores;

  private Zboot(Streams streams, Cores cores) {
    this.streams = streams;
    this.cores = cores;
  }

  /** Runs one command; never ends the process. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, System.getenv(), out, err);
  }

  /** The same with other environment variables. */
  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    Zboot zboot = of(environment, out, err);
    CommandLine commandLine = new CommandLine(zboot);
    Subcommand.addNeeded(commandLine, args);
    zboot.arrange(commandLine);
    return commandLine.execute(args);
  }

  private static Zboot of(Map<String, String> environment, PrintStream out, PrintStream err) {
    Path home = Path.of(System.getProperty("user.home"));
    return new Zboot(new Streams(out, err), new Cores(CoreStore.of(environment, home)));
  }

  /** The whole tree of commands, to be looked through. */
  static CommandLine tree() {
    Zboot zboot = of(System.getenv(), System.out, System.err);
    CommandLine commandLine = new CommandLine(zboot);
    Subcommand.addAll(commandLine);
    zboot.arrange(commandLine);
    return commandLine;
  }

  /** Settings that picocli hands down to the commands that are there by now. */
  private void arrange(CommandLine commandLine) {
    commandLine.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setAbbreviatedOptionsAllowed(false);
    commandLine.getSubcommands().values().forEach(Zboot::arrangeHelp);
    commandLine.setParameterExceptionHandler((e, ignored) -> usageError(e));
    commandLine.setExecutionExceptionHandler((e, command, ignored) -> failure(e));
  }

  /** Options in the order of their importance, and the list of them once. */
  private static void arrangeHelp(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(Zboot::arrangeHelp);
  }

  /** The iPXE cores that --core can name. */
  Cores cores() {
    return cores;
  }

  /** The root of a command's tree, at any depth. */
  static Zboot of(CommandSpec command) {
    return (Zboot) command.root().userObject();
  }

  /** Where the commands speak. */
  Streams streams() {
    return streams;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int usageError(ParameterException e) {
    e.getCommandLine().getErr().println("zboot: " + UsageErrors.text(e));
    return ExitCode.USAGE;
  }

  private int failure(Exception e) {
    if (debug) {
      e.printStackTrace(streams.err());
    }
    if (e instanceof ZbootException known) {
      streams.err().println("zboot: " + known.getMessage());
      return ExitCode.of(known.kind());
    }
    streams
        .err()
        .println(
            "zboot: this is a bug in zboot (" + e + "); please report it with what --debug shows");
    return ExitCode.BUG;
  }
}
