package zeroboot.cli.look;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.NextSteps;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.settings.FirmwareOption;
import zeroboot.ground.ZbootException;
import zeroboot.spec.TargetFirmware;
import zeroboot.trial.AcceleratorChoice;
import zeroboot.trial.Milestone;
import zeroboot.trial.Outcome;
import zeroboot.trial.QemuFiles;
import zeroboot.trial.Scratch;
import zeroboot.trial.Trials;

/** {@code zboot try}. */
@Command(
    addMethodSubcommands = false,
    name = "try",
    description =
        "Boots an image in QEMU and tells how far it gets. The image is not altered. Ends with exit"
            + " code 6 if it does not get as far as it should.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot try --firmware bios --until address zboot-farm4242-main.iso"})
public final class TryCommand implements Callable<Integer> {
  private static final int DEFAULT_SECONDS = 120;
  private static final int MOST_SECONDS = 86_400;

  @Parameters(
      paramLabel = "IMAGE",
      description = "An image, a stick (/dev/sdX), or a folder of zboot netboot.")
  Path file = Path.of("");

  @Option(
      names = "--firmware",
      paramLabel = "NAME",
      completionCandidates = FirmwareOption.Names.class,
      description = "Try both, or bios or uefi alone. Default: all that boot it.")
  @Nullable String firmware;

  @Option(
      names = "--until",
      paramLabel = "STAGE",
      defaultValue = "kernel",
      completionCandidates = Goals.class,
      description = "How far it has to get: banner, address, or kernel (default).")
  String until = "kernel";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "How long a boot may take, with either accelerator. Default: " + DEFAULT_SECONDS + ".")
  @Nullable Integer timeout;

  @Option(
      names = "--accel",
      paramLabel = "NAME",
      defaultValue = "auto",
      completionCandidates = AcceleratorNames.class,
      description =
          "What runs the machine: kvm, tcg (slower, on every computer), or auto (default): kvm"
              + " where it works, else tcg.")
  String accelerator = "auto";

  @Option(names = "--node", paramLabel = "NAME", description = "Be this node of a rack's image.")
  @Nullable String node;

  @Option(names = "--screen", description = "Show the machine's screen, line by line.")
  boolean screen;

  @Option(names = "--display", description = "Open QEMU's window, and go on until it is closed.")
  boolean display;

  @Option(names = "--json", description = "Print how it went as JSON.")
  boolean json;

  private final Session session;

  TryCommand(Session session) {
    this.session = session;
  }

  /** For the completion of the option. */
  static final class Goals implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Milestone.goals().stream().map(Milestone::id).iterator();
    }
  }

  /** For the completion of the option. */
  static final class AcceleratorNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return AcceleratorChoice.ids().iterator();
    }
  }

  @Override
  public Integer call() {
    Milestone goal = Milestone.goal(until);
    Trials trials =
        new Trials(
            file,
            goal,
            limit(),
            Optional.ofNullable(node),
            display,
            AcceleratorChoice.parse(accelerator));
    List<TryResult> results = new ArrayList<>();
    try (Scratch scratch = new Scratch()) {
      for (Trials.One one :
          trials.plan(
              Optional.ofNullable(firmware).map(TargetFirmware::parse),
              QemuFiles.of(session.environment()),
              session.environment(),
              scratch)) {
        results.add(run(one, goal));
      }
    }
    PrintStream out = session.streams().out();
    if (json) {
      Json.print(out, fields -> TryJson.write(fields, file, goal, results));
    }
    results.stream()
        .filter(result -> !result.outcome().isGood())
        .findFirst()
        .ifPresent(
            result -> {
              throw ZbootException.trial(file.toString(), result.failure(), result.mend());
            });
    if (Files.isRegularFile(file) && !isKernelFile()) {
      new NextSteps(session).write(file.toString()).say(json);
    }
    return ExitCode.OK;
  }

  /** These are no disks. */
  private boolean isKernelFile() {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(efi|lkrn)");
  }

  private Optional<Duration> limit() {
    if (timeout == null) {
      return display ? Optional.empty() : Optional.of(Duration.ofSeconds(DEFAULT_SECONDS));
    }
    if (timeout < 1 || timeout > MOST_SECONDS) {
      throw ZbootException.usage(
          "--timeout " + timeout, "is not from 1 to " + MOST_SECONDS + " seconds", "change it");
    }
    return Optional.of(Duration.ofSeconds(timeout));
  }

  private TryResult run(Trials.One one, Milestone goal) {
    PrintStream err = session.streams().err();
    Outcome outcome;
    try (TryProgress progress =
        new TryProgress(err, session.terminal().isBehind(err), one.firmware().name(), screen)) {
      outcome = one.run(progress);
    }
    TryResult result = new TryResult(one.firmware(), goal, one.vlan(), outcome);
    if (!json && !(session.streams().isQuiet() && outcome.isGood())) {
      session.streams().out().println(file + ": " + result.sentence());
    }
    return result;
  }
}
