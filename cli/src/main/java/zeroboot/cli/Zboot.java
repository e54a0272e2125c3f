package zeroboot.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import zeroboot.core.CoreStore;
import zeroboot.spec.Spelling;
import zeroboot.spec.ZbootException;

/** The command {@code zboot} and the one place that turns what happened into an exit code. */
@Command(
    addMethodSubcommands = false,
    name = "zboot",
    description = "Makes boot media for ThreeFold Zero-OS nodes.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "Example: zboot iso --farm-id 4242  (zboot alone asks for all that it needs)",
      "Also: core, watch, completion, man. With all: --help --version --color --debug"
    })
final class Zboot implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error came from.")
  private boolean debug;

  @Option(names = "--json", description = "With --version: say it as JSON, with the core's hashes.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Streams streams;
  private final Cores cores;
  private final Map<String, String> environment;

  private Zboot(Streams streams, Cores cores, Map<String, String> environment) {
    this.streams = streams;
    this.cores = cores;
    this.environment = environment;
  }

  /** It was looked at before anything else ({@link Paint#asked}); here it is checked. */
  @Option(
      names = Paint.OPTION,
      scope = ScopeType.INHERIT,
      paramLabel = "WHEN",
      completionCandidates = PaintWords.class,
      description =
          "Colours: auto (default: on a terminal, unless NO_COLOR is set), always, never.")
  void color(String when) {
    if (Paint.When.of(when).isEmpty()) {
      List<String> words = new ArrayList<>();
      new PaintWords().forEach(words::add);
      throw new ParameterException(
          spec.commandLine(),
          Paint.OPTION + " '" + when + "': there is no such word; " + Spelling.mend(when, words));
    }
  }

  /** For the completion of the option. */
  static final class PaintWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Paint.When.values()).map(Paint.When::word).iterator();
    }
  }

  /** Runs one command; never ends the process. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, System.getenv(), out, err);
  }

  /** The same with other environment variables. */
  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    Paint.When when = Paint.asked(args);
    Streams streams =
        new Streams(
            out,
            err,
            Paint.of(when, environment, Terminal.isBehind(out)),
            Paint.of(when, environment, Terminal.isBehind(err)));
    if (args.length == 0 && GuidedRun.isPossible(streams)) {
      return GuidedRun.run(environment, streams);
    }
    Zboot zboot = of(environment, streams);
    CommandLine commandLine = new CommandLine(zboot);
    Subcommand.addNeeded(commandLine, args);
    // A file of arguments may ask for it too.
    boolean isHelp =
        Stream.of(args)
            .anyMatch(arg -> arg.equals("--help") || arg.equals("-h") || arg.startsWith("@"));
    zboot.arrange(commandLine);
    if (isHelp) {
      HelpLayout.arrange(commandLine, Terminal.columns(out, environment), streams.outPaint());
    }
    return commandLine.execute(args);
  }

  private static Zboot of(Map<String, String> environment, Streams streams) {
    Path home = Path.of(System.getProperty("user.home"));
    return new Zboot(streams, new Cores(CoreStore.of(environment, home)), environment);
  }

  /** The whole tree of commands, to be looked through. */
  static CommandLine tree() {
    Streams plain = new Streams(System.out, System.err, Paint.PLAIN, Paint.PLAIN);
    Zboot zboot = of(System.getenv(), plain);
    CommandLine commandLine = new CommandLine(zboot);
    Subcommand.addAll(commandLine);
    zboot.arrange(commandLine);
    HelpLayout.arrange(commandLine, Terminal.USUAL_COLUMNS, plain.outPaint());
    return commandLine;
  }

  /** Settings that picocli hands down to the commands that are there by now. */
  private void arrange(CommandLine commandLine) {
    commandLine.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setAbbreviatedOptionsAllowed(false);
    commandLine.setParameterExceptionHandler((e, ignored) -> usageError(e));
    commandLine.setExecutionExceptionHandler((e, command, ignored) -> failure(e));
  }

  /** Whether {@code --version} is for programs. */
  boolean isJson() {
    return json;
  }

  /** The iPXE cores that --core can name. */
  Cores cores() {
    return cores;
  }

  /** The root of a command's tree, at any depth. */
  static Zboot of(CommandSpec command) {
    return (Zboot) command.root().userObject();
  }

  /** The environment variables. */
  Map<String, String> environment() {
    return environment;
  }

  /** Where the commands speak. */
  Streams streams() {
    return streams;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private int usageError(ParameterException e) {
    streams.error(UsageErrors.text(e));
    return ExitCode.USAGE;
  }

  private int failure(Exception e) {
    if (debug) {
      e.printStackTrace(streams.err());
    }
    if (e instanceof ZbootException known) {
      streams.error(String.valueOf(known.getMessage()));
      return ExitCode.of(known.kind());
    }
    streams.error("this is a bug in zboot (" + e + "); please report it with what --debug shows");
    return ExitCode.BUG;
  }
}
