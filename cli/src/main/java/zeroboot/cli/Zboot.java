package zeroboot.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.HelpLayout;
import zeroboot.cli.console.Paint;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Streams;
import zeroboot.cli.console.Terminal;
import zeroboot.cli.console.UsageErrors;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.guide.GuidedRun;
import zeroboot.core.CoreStore;
import zeroboot.core.Cores;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

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
      "zboot help COMMAND explains one; all take --help --quiet --color --debug"
    })
final class Zboot implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error came from.")
  boolean debug;

  @SuppressWarnings("UnusedVariable") // picocli keeps it for VersionText, which asks by its name
  @Option(names = "--json", description = "With --version: say it as JSON, with the core's hashes.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Say nothing unless it goes wrong.")
  boolean quiet;

  @Spec CommandSpec spec;

  private final Session session;

  private Zboot(Session session) {
    this.session = session;
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
    Terminal terminal = new Terminal(environment);
    Streams streams =
        new Streams(
            out,
            err,
            Paint.of(when, environment, terminal.isBehind(out)),
            Paint.of(when, environment, terminal.isBehind(err)),
            Hints.of(environment));
    streams.wrapFor(terminal);
    streams.gradeFor(environment);
    try {
      requireReadable(args);
      if (args.length == 0 && GuidedRun.isPossible(streams, terminal)) {
        return GuidedRun.run(
            streams,
            environment,
            command -> run(command.toArray(String[]::new), environment, out, err));
      }
      return streams.finish(execute(args, session(streams, terminal, environment)));
    } catch (Throwable e) { // Errors too: they are one line like everything else
      boolean debug = List.of(args).contains("--debug");
      return streams.finish(Failures.say(e, streams, debug));
    }
  }

  /** What a thread of its own did not expect is one line, too. */
  static void fail(Throwable thrown, PrintStream out, PrintStream err, String... args) {
    Streams plain = new Streams(out, err, Paint.PLAIN, Paint.PLAIN);
    Failures.say(thrown, plain, List.of(args).contains("--debug"));
    err.flush();
  }

  /** Java puts U+FFFD where bytes of an argument are no UTF-8; no file has that name. */
  private static void requireReadable(String... args) {
    for (String arg : args) {
      if (arg.indexOf('\uFFFD') >= 0) {
        throw ZbootException.usage(
            arg,
            "has bytes in it that are not UTF-8",
            "rename the file, or name it through a link with another name");
      }
    }
  }

  private static int execute(String[] args, Session session) {
    Zboot zboot = new Zboot(session);
    CommandSpecs specs = CommandSpecs.built();
    CommandLine commandLine = new CommandLine(specs.root(zboot), new Commands(session));
    Subcommand.addNeeded(commandLine, specs, session, args);
    boolean isHelp = Stream.of(args).anyMatch(arg -> arg.equals("--help") || arg.equals("-h"));
    zboot.arrange(commandLine);
    if (isHelp) {
      Streams streams = session.streams();
      HelpLayout.arrange(
          commandLine, session.terminal().columns(streams.out()), streams.outPaint());
    }
    return commandLine.execute(args);
  }

  private static Session session(
      Streams streams, Terminal terminal, Map<String, String> environment) {
    Path home = Path.of(System.getProperty("user.home"));
    // Said by the launcher of packages that carry more cores than the one in the jar.
    Optional<CoreStore> carried =
        Optional.ofNullable(System.getProperty("zboot.cores")).map(Path::of).map(CoreStore::new);
    Cores cores = new Cores(CoreStore.of(environment, home), carried);
    return new Session(streams, terminal, cores, environment, Clock.systemUTC(), Zboot::tree);
  }

  /** The whole tree of commands, to be looked through. */
  static CommandLine tree() {
    return tree(CommandSpecs.built());
  }

  /** The same tree of these commands. */
  static CommandLine tree(CommandSpecs specs) {
    Zboot zboot = unused();
    CommandLine commandLine = new CommandLine(specs.root(zboot), new Commands(zboot.session));
    Subcommand.addAll(commandLine, specs, zboot.session);
    zboot.arrange(commandLine);
    HelpLayout.arrange(commandLine, Terminal.USUAL_COLUMNS, Paint.PLAIN);
    return commandLine;
  }

  /** One that nobody runs, to look at what it can do. */
  static Zboot unused() {
    Streams plain = new Streams(System.out, System.err, Paint.PLAIN, Paint.PLAIN);
    return new Zboot(session(plain, new Terminal(System.getenv()), System.getenv()));
  }

  Session session() {
    return session;
  }

  /** Settings that picocli hands down to the commands that are there by now. */
  private void arrange(CommandLine commandLine) {
    commandLine.setOut(new PrintWriter(session.streams().out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(session.streams().err(), true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    // picocli's own way to make a path is reflection, for which Java spins classes at each start.
    commandLine.registerConverter(Path.class, Path::of);
    commandLine.setAbbreviatedOptionsAllowed(false);
    // "@file" is a value like any other: nobody's files go into a script that all can read.
    commandLine.setExpandAtFiles(false);
    commandLine.setParameterExceptionHandler((e, ignored) -> usageError(e));
    commandLine.setExecutionStrategy(this::runUnlessWrong);
    commandLine.setExecutionExceptionHandler(
        (e, command, ignored) -> Failures.say(e, session.streams(), debug));
  }

  /** With --help picocli would overlook what is no command and no option. */
  private int runUnlessWrong(ParseResult parsed) {
    for (ParseResult each :
        parsed.asCommandLineList().stream().map(CommandLine::getParseResult).toList()) {
      if (!each.unmatched().isEmpty()) {
        throw new UnmatchedArgumentException(
            each.commandSpec().commandLine(), List.copyOf(each.unmatched()));
      }
    }
    if (quiet) {
      session.streams().beQuiet();
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private int usageError(ParameterException e) {
    Streams streams = session.streams();
    streams.error(UsageErrors.text(e, streams.hints()));
    return ExitCode.USAGE;
  }
}
