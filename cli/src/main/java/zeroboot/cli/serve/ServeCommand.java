package zeroboot.cli.serve;

import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Session;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.Streams;
import zeroboot.cli.console.VersionText;
import zeroboot.cli.keys.SigningKeys;
import zeroboot.cli.keys.SigningOptions;
import zeroboot.cli.settings.CoreOption;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScripts;
import zeroboot.server.BootServer;
import zeroboot.server.RouterLines;
import zeroboot.server.ServerOptions;
import zeroboot.server.dhcp.Probe;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.net.DeviceSocket;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.TargetFirmware;

/** {@code zboot serve}. */
@Command(
    addMethodSubcommands = false,
    name = "serve",
    description =
        "Boots the nodes of a network from this machine. The router stays as it is and keeps"
            + " giving the addresses.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    footer = {"", "Example: sudo zboot serve --farm-id 4242"})
public final class ServeCommand implements Callable<Integer> {
  private static final int HTTP = 80;

  /** What anybody may open. */
  private static final int HTTP_WITHOUT_ROOT = 8080;

  /** Of the table at a terminal. */
  private static final int TABLE_ROWS = 24;

  @Mixin
  final SettingsOptions settings =
      new SettingsOptions(EnumSet.of(Setting.INTERFACE, Setting.ADDRESS));

  @Mixin final CoreOption core = new CoreOption();
  @Mixin final SigningOptions signing;

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      description = "Serve this network alone: eth0. Repeatable.")
  List<String> interfaces = new ArrayList<>();

  @Option(
      names = "--address",
      paramLabel = "A.B.C.D",
      description = "Of several addresses of this machine, tell nodes this one.")
  @Nullable String address;

  @Option(
      names = "--mac-allow",
      paramLabel = "MAC",
      description = "Answer these machines alone. Repeatable.")
  List<String> allowed = new ArrayList<>();

  @Option(
      names = "--mac-deny",
      paramLabel = "MAC",
      description = "Never answer this machine. Repeatable.")
  List<String> denied = new ArrayList<>();

  @Option(names = "--http-only", description = "Only give files, by HTTP; needs no root.")
  boolean httpOnly;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Of the web server. Default: 80; 8080 with --http-only.")
  int httpPort;

  @Option(
      names = "--mirror",
      paramLabel = "DIR",
      description = "Keep kernels here: each is fetched once.")
  @Nullable Path mirror;

  @Option(
      names = "--explain",
      description = "Print the lines for a router that shall name the files, and end.")
  boolean explain;

  @Option(names = "--json", description = "Print events as JSON, one a line.")
  boolean json;

  private final Session session;

  ServeCommand(Session session) {
    this.session = session;
    signing = new SigningOptions(session);
  }

  @Override
  public Integer call() {
    int port = port();
    if (explain && address != null) {
      return explain(Ipv4Address.parse("--address", address), port); // of any machine
    }
    List<LocalInterface> chosen = chosen(LocalInterface.all());
    if (explain) {
      return explain(chosen.get(0).address(), port);
    }
    ServerOptions options = new ServerOptions(chosen, port, httpOnly, served());
    Rack rack = settings.toRack();
    SigningKeys keys = keys(rack);
    IpxeCore ipxe = signing.pinned(core.load(session.cores()));
    ServeScreen screen = screen();
    ScreenQueue queue = new ScreenQueue(screen);
    Optional<KernelMirror> kernels = kernels(keys, queue);
    ServeRacks racks = new ServeRacks(chosen, port, kernels);
    ServeFiles files = new ServeFiles(ipxe, new ImageMaker(ipxe, keys.efiSigner()), racks, rack);
    try (BootServer server = BootServer.start(options, files, kernels, queue::event, queue::log)) {
      // Ctrl-C: the process ends when what is on its way has come to its end.
      Thread hook = new Thread(() -> end(server, queue), "end");
      Runtime.getRuntime().addShutdownHook(hook);
      tell(rack, keys, chosen, port);
      BootScripts.warnings(rack, ipxe).forEach(session.streams()::warning);
      probe(server, queue, chosen);
      run(server, screen, new ProfileWatch(settings, files, queue::log));
    } finally {
      kernels.ifPresent(KernelMirror::close);
      queue.close();
    }
    return ExitCode.OK;
  }

  private static void end(BootServer server, ScreenQueue queue) {
    server.close();
    queue.close();
  }

  private int explain(Ipv4Address server, int port) {
    session.streams().out().print(Shown.lines(RouterLines.of(server, port)));
    return ExitCode.OK;
  }

  private SigningKeys keys(Rack rack) {
    SigningKeys keys = signing.open(List.of(TargetFirmware.BOTH), List.of(rack)).opened();
    if (keys.signs()) {
      throw ZbootException.usage(
          "--sign-key", "nothing is written that a signature could lie beside", "leave it out");
    }
    return keys;
  }

  private Optional<KernelMirror> kernels(SigningKeys keys, ScreenQueue queue) {
    if (mirror == null) {
      return Optional.empty();
    }
    if (keys.secureBoot().isPresent()) {
      throw ZbootException.usage(
          "--mirror",
          "gives kernels by plain HTTP, which anybody on the network could replace",
          "leave out --mirror or --secure-boot-key");
    }
    return Optional.of(KernelMirror.open(mirror, Clock.systemUTC(), queue::log));
  }

  private int port() {
    int usual = httpOnly ? HTTP_WITHOUT_ROOT : HTTP;
    if (httpPort < 0 || httpPort > 65_535) {
      throw ZbootException.usage("--http-port " + httpPort, "is not a port", "80 is usual");
    }
    return httpPort == 0 ? usual : httpPort;
  }

  /** The networks to serve, by name and address; all that nodes can be in if none is named. */
  private List<LocalInterface> chosen(List<LocalInterface> all) {
    Optional<Ipv4Address> told =
        Optional.ofNullable(address).map(text -> Ipv4Address.parse("--address", text));
    List<LocalInterface> chosen = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (LocalInterface each : all) {
      boolean isNamed = interfaces.isEmpty() ? each.broadcast() : interfaces.contains(each.name());
      boolean isTold = told.isEmpty() || told.get().equals(each.address());
      if (isNamed && isTold && names.add(each.name())) {
        chosen.add(each);
      }
    }
    for (String name : interfaces) {
      if (!names.contains(name)) {
        throw ZbootException.usage(
            "--interface " + name,
            "is not up with " + (told.isEmpty() ? "an IPv4 address" : "the address " + told.get()),
            "there are " + all);
      }
    }
    if (chosen.isEmpty()) {
      throw ZbootException.usage(
          told.map(which -> "--address " + which).orElse("zboot serve"),
          "no interface of this machine is up with " + (told.isEmpty() ? "an IPv4 address" : "it"),
          "see what `ip address` says");
    }
    if (!httpOnly && !explain && !DeviceSocket.isPossible()) {
      throw ZbootException.usage(
          "zboot serve", "answers DHCP on Linux alone", "add --http-only, or serve from Linux");
    }
    return chosen;
  }

  private Predicate<MacAddress> served() {
    Set<MacAddress> only = new HashSet<>(allowed.stream().map(MacAddress::parse).toList());
    Set<MacAddress> never = new HashSet<>(denied.stream().map(MacAddress::parse).toList());
    return mac -> !never.contains(mac) && (only.isEmpty() || only.contains(mac));
  }

  private ServeScreen screen() {
    Streams streams = session.streams();
    if (json) {
      return new ServeScreen.JsonLines(streams);
    }
    return session.terminal().isBehind(streams.out())
        ? new ServeScreen.Table(
            streams.out(), session.terminal().columns(streams.out()), TABLE_ROWS)
        : new ServeScreen.Lines(streams.out());
  }

  private void tell(Rack rack, SigningKeys keys, List<LocalInterface> chosen, int port) {
    PrintStream err = session.streams().err();
    rack.defaults()
        .farmId()
        .ifPresent(
            farm ->
                err.println(
                    "Farm ID "
                        + farm
                        + " on the "
                        + rack.defaults().network().shown()
                        + " network"
                        + (rack.nodes().isEmpty() ? "" : ", " + rack.nodes().size() + " nodes")));
    keys.print(err, "");
    for (LocalInterface each : chosen) {
      err.println(
          "Serving "
              + each
              + "; the page: http://"
              + each.address()
              + (port == HTTP ? "" : ":" + port)
              + "/");
    }
    err.println("Ctrl-C ends it.");
  }

  private void probe(BootServer server, ScreenQueue queue, List<LocalInterface> chosen) {
    if (httpOnly) {
      return;
    }
    SecureRandom random = new SecureRandom();
    for (LocalInterface each : chosen) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (String finding : Probe.ask(each, random.nextInt())) {
                    server.warn(finding);
                    queue.log("Warning: " + finding);
                  }
                } catch (ZbootException e) {
                  queue.log("Not known what DHCP servers say on " + each + ": " + e.getMessage());
                }
              },
              "probe " + each.name());
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void run(BootServer server, ServeScreen screen, ProfileWatch profile) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        screen.tick(server.nodes());
        Thread.sleep(1000);
        profile.look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
