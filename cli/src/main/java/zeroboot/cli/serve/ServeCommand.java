package zeroboot.cli.serve;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
import zeroboot.ground.Warning;
import zeroboot.ground.ZbootException;
import zeroboot.script.BootScripts;
import zeroboot.server.BootServer;
import zeroboot.server.RouterLines;
import zeroboot.server.ServerOptions;
import zeroboot.server.dhcp.Probe;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.net.DeviceSocket;
import zeroboot.server.net.LocalInterface;
import zeroboot.signing.keys.TlsRoot;
import zeroboot.spec.Ipv4Address;
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

  @Mixin
  final SettingsOptions settings =
      new SettingsOptions(EnumSet.of(Setting.INTERFACE, Setting.ADDRESS));

  @Mixin final CoreOption core = new CoreOption();
  @Mixin final SigningOptions signing;
  @Mixin final NetworkOptions networks = new NetworkOptions();
  @Mixin final MirrorOptions mirror = new MirrorOptions();
  @Mixin final PublicOptions open = new PublicOptions();
  @Mixin final ServiceSources sources = new ServiceSources();

  @Option(names = "--http-only", description = "Only give files, by HTTP; needs no root.")
  boolean httpOnly;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Of the web server. Default: 80; 8080 with --http-only or --public.")
  int httpPort;

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
    boolean isForNodes = settings.isGiven();
    Optional<PublicService> service =
        open.service(
            session,
            networks,
            new PublicOptions.Ports(httpPort, mirror.httpsPort),
            isForNodes || explain || json || httpOnly);
    if (service.isEmpty()) {
      sources.refuseAlone();
    }
    if (service.isPresent()) {
      service.get().run(signing.pinned(core.load(session.cores())), signing, sources, mirror);
      return ExitCode.OK;
    }
    int port = MirrorOptions.port("--http-port", httpPort, httpOnly ? HTTP_WITHOUT_ROOT : HTTP);
    Optional<Ipv4Address> address = networks.address();
    if (explain && address.isPresent()) {
      return explain(address.get(), port); // of any machine
    }
    List<LocalInterface> chosen = networks.chosen(LocalInterface.all());
    if (!httpOnly && !explain && !DeviceSocket.isPossible()) {
      throw ZbootException.usage(
          "zboot serve", "answers DHCP on Linux alone", "add --http-only, or serve from Linux");
    }
    if (explain) {
      return explain(chosen.get(0).address(), port);
    }
    Rack rack = settings.toRack();
    SigningKeys keys = keys(rack);
    IpxeCore plain = core.load(session.cores());
    Optional<TlsRoot> root = signing.root(plain);
    mirror.check();
    KernelChecks checks = mirror.checks(settings, settings.profile(), session.clock());
    ServeScreen screen = screen();
    ScreenQueue queue = new ScreenQueue(screen);
    Optional<KernelMirror> kernels = mirror.open(root, session.clock(), queue::log);
    boolean signs = keys.secureBoot().isPresent();
    Optional<SealedMirror> sealed =
        mirror.sealed(signs, httpOnly, session.clock().instant(), chosen);
    ServeFiles files =
        new ServeFiles(
            MirrorOptions.recipes(
                plain, root.map(TlsRoot::trust), keys.efiSigner(), chosen, port, kernels, sealed),
            rack,
            checks);
    ServerOptions options =
        new ServerOptions(chosen, port, sealed.map(SealedMirror::tls), httpOnly, networks.served());
    try (BootServer server = BootServer.start(options, files, kernels, queue::event, queue::log)) {
      // Ctrl-C: the process ends when what is on its way has come to its end.
      Thread hook = new Thread(() -> end(server, queue), "end");
      Runtime.getRuntime().addShutdownHook(hook);
      tell(rack, keys, chosen, port);
      BootScripts.warnings(rack, plain).forEach(session.streams()::warning);
      probe(server, queue, chosen);
      run(
          server,
          screen,
          new ProfileWatch(
              settings,
              files,
              signing::checkSealed,
              profile -> mirror.checks(settings, profile, session.clock()),
              queue::log));
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
    signing.refuseSignKey();
    return signing.open(List.of(TargetFirmware.BOTH), List.of(rack)).opened();
  }

  private ServeScreen screen() {
    Streams streams = session.streams();
    if (json) {
      return new ServeScreen.JsonLines(streams);
    }
    return session.terminal().isBehind(streams.out())
        ? new ServeScreen.Table(
            streams.out(),
            session.terminal().columns(streams.out()),
            session.terminal().rows(streams.out()))
        : new ServeScreen.Lines(streams.out(), streams.isJournal());
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
    if (!session.streams().isJournal()) { // there, systemd ends it
      err.println("Ctrl-C ends it.");
    }
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
                    queue.log(Warning.of(finding));
                  }
                } catch (ZbootException e) {
                  queue.log(
                      Warning.of(
                          "Not known what DHCP servers say on " + each + ": " + e.getMessage()));
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
