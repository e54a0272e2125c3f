package zeroboot.cli.deploy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Times;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.StandardInput;
import zeroboot.cli.console.Streams;
import zeroboot.cli.console.TimeoutOption;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.keys.SigningKeys;
import zeroboot.cli.keys.SigningOptions;
import zeroboot.cli.settings.CoreOption;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;
import zeroboot.image.ImageMaker;
import zeroboot.profile.Profile;
import zeroboot.profile.ProfileFile;
import zeroboot.server.files.SharedImages;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.TargetFirmware;

/** {@code zboot deploy}. */
@Command(
    addMethodSubcommands = false,
    name = "deploy",
    description =
        "Boots servers from virtual drives of their management controllers (Redfish), each with"
            + " its own image.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: zboot deploy farm.yaml --dry-run  (a profile with bmc: for its nodes)"})
public final class DeployCommand implements Callable<Integer> {
  private static final int TABLE_ROWS = 24;
  private static final int HASH_DIGITS = 16;

  @Parameters(index = "0", paramLabel = "FILE.yaml", description = "The profile.")
  Path file = Path.of(".");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NODE",
      description = "Only these nodes of it.")
  List<String> only = new ArrayList<>();

  @Option(names = "--dry-run", description = "Look at all, print what would be done, do nothing.")
  boolean dryRun;

  @Option(names = "--restart", description = "Switch off machines that run.")
  boolean restart;

  @Option(names = "--replace", description = "Throw out images that others put into drives.")
  boolean replace;

  @Option(
      names = "--wait",
      paramLabel = "STEP",
      completionCandidates = Goal.Words.class,
      description = "Until a node tells: started (default), address, script; or none.")
  String wait = "started";

  @Mixin final TimeoutOption timeout = new TimeoutOption();

  @Option(
      names = "--fallback",
      paramLabel = "WAY",
      description = "If no drive takes the image: none; http; pxe (default): http, else pxe.")
  String fallback = "pxe";

  @Option(names = "--json", description = "Print events as JSON, one a line.")
  boolean json;

  @Mixin final BmcOptions bmc = new BmcOptions();
  @Mixin final DeployNetwork network = new DeployNetwork();
  @Mixin final CoreOption core = new CoreOption();
  @Mixin final SigningOptions signing;
  private final Session session;

  DeployCommand(Session session) {
    this.session = session;
    signing = new SigningOptions(session);
  }

  @Override
  public Integer call() {
    Goal goal = Goal.of(wait);
    Means.Fallback otherwise = fallback();
    network.check();
    signing.refuseSignKey();
    Profile profile = ProfileFile.read(file, StandardInput::open);
    List<Profile.Node> chosen = chosen(profile);
    StateFolder state = StateFolder.of(session.environment());
    BmcPasswords passwords = bmc.passwords(session.environment(), file);
    DeployScreen screen = screen();
    List<DeployNode> nodes = new ArrayList<>();
    List<Access> accesses = new ArrayList<>();
    for (Profile.Node each : chosen) {
      String name = each.name().value();
      BootSpec spec =
          new BootSpec(profile.settings().and(each.settings()), Optional.of(each.name()));
      Access access = bmc.access(name, profile.bmc().and(each.bmc()), each.origin(), passwords);
      accesses.add(access);
      nodes.add(
          new DeployNode(
              name, access.address().toString(), spec, node -> screen.changed(node), screen::log));
    }
    requireDistinct(accesses);
    if (goal != Goal.NONE) {
      nodes.forEach(DeployCommand::requireOwnReports);
    }
    SigningKeys keys =
        signing
            .open(
                List.of(TargetFirmware.BOTH),
                nodes.stream().map(node -> Rack.of(node.spec())).toList())
            .opened();
    IpxeCore ipxe = signing.pinned(core.load(session.cores()));
    SharedImages kept = new SharedImages();
    NodeImages images = new NodeImages(ipxe, new ImageMaker(ipxe, keys.efiSigner()), kept);
    ExecutorService workers = Executors.newFixedThreadPool(network.atOnce, Daemons.named("node"));
    Acquaintance acquaintance =
        new Acquaintance(session, bmc.trust(), new Pins(state.file(Pins.FILE)), bmc.trustNew);
    String logName =
        Sha256.hex(file.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
    try (RunLog log =
            RunLog.open(
                state.secret("deploy/" + logName.substring(0, HASH_DIGITS) + ".log"),
                session.clock());
        RunLocks locks = RunLocks.open(state.file(RunLocks.FILE));
        Serving serving = Serving.start(kept, nodes, network, state, session.clock())) {
      Means means =
          new Means(
              restart,
              replace,
              otherwise,
              goal,
              timeout.duration(),
              network.look(),
              network.here(),
              network.nodes(),
              bmc.trust(),
              network.times(Times.USUAL),
              Executors.newCachedThreadPool(Daemons.named("http client")),
              serving.server(),
              serving::certificate);
      // Who only looks is in nobody's way.
      Map<String, BmcException> held = dryRun ? Map.of() : locks.take(accesses);
      accesses.removeIf(each -> held.containsKey(each.name()));
      Acquaintance.Met met = acquaintance.meet(accesses, means.times(), workers);
      met.strangers().putAll(held);
      DeployPlan plan = new DeployPlan(nodes, met, means, images, log);
      DeployRun run = new DeployRun(nodes, means, images, log, workers, screen);
      AtEnd.guarded(
          run::stop,
          () -> {
            run.prepare();
            plan.look(workers);
            plan.refuse(dryRun ? name -> true : locks::isOurs);
            plan.print(session.streams(), dryRun);
            if (!dryRun) {
              run.run();
            }
          });
      if (!dryRun && run.troubled().isEmpty()) {
        log.finish();
      }
      return result(run);
    } finally {
      workers.shutdownNow();
    }
  }

  private int result(DeployRun run) {
    List<DeployNode.View> troubled = dryRun ? run.failed() : run.troubled();
    if (troubled.isEmpty()) {
      return ExitCode.OK;
    }
    Streams streams = session.streams();
    troubled.forEach(
        view ->
            streams
                .err()
                .println(view.name() + ": " + view.step().shown() + " - " + view.trouble()));
    streams.error(
        file
            + ": "
            + troubled.size()
            + " of "
            + run.size()
            + " nodes did not get there; the lines above say why, and the same command goes on"
            + " with them");
    return run.exit();
  }

  private Means.Fallback fallback() {
    for (Means.Fallback each : Means.Fallback.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(fallback)) {
        return each;
      }
    }
    throw ZbootException.usage(
        "--fallback " + fallback, "there is no such way", "use http, pxe or none");
  }

  private List<Profile.Node> chosen(Profile profile) {
    if (profile.nodes().isEmpty()) {
      throw ZbootException.usage(
          file.toString(),
          "there is no list of nodes",
          "name a profile with nodes:, each with bmc:");
    }
    if (only.isEmpty()) {
      return profile.nodes();
    }
    List<String> names = profile.nodes().stream().map(node -> node.name().value()).toList();
    List<Profile.Node> chosen = new ArrayList<>();
    for (String name : only) {
      Profile.Node node =
          profile
              .node(name)
              .orElseThrow(
                  () ->
                      ZbootException.usage(
                          name, "there is no such node in " + file, Spelling.mend(name, names)));
      if (!chosen.contains(node)) {
        chosen.add(node);
      }
    }
    return chosen;
  }

  private static void requireDistinct(List<Access> accesses) {
    Set<String> seen = new HashSet<>();
    for (Access each : accesses) {
      String address = each.address().toString().toLowerCase(Locale.ROOT);
      if (!seen.add(address + " " + each.which().system().orElse(""))) {
        throw ZbootException.settings(
            "node '" + each.name() + "'",
            "another node has the management controller " + each.address() + " too",
            "change one, or say which system each is");
      }
    }
  }

  private static void requireOwnReports(DeployNode node) {
    node.spec()
        .settings()
        .given(Setting.REPORT_URL)
        .ifPresent(
            given -> {
              throw ZbootException.settings(
                  given.origin(),
                  "with report-url the node " + node.name() + " tells others that it started",
                  "leave it out, or add --wait none");
            });
  }

  private DeployScreen screen() {
    Streams streams = session.streams();
    if (json) {
      return new DeployScreen.JsonLines(streams.out(), streams.err());
    }
    return session.terminal().isBehind(streams.out()) && !dryRun
        ? new DeployScreen.Table(
            streams.out(), session.terminal().columns(streams.out()), TABLE_ROWS)
        : new DeployScreen.Lines(streams.out());
  }
}
