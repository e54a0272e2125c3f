package zeroboot.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import zeroboot.ground.Warning;
import zeroboot.ground.ZbootException;
import zeroboot.server.dhcp.BootFileNames;
import zeroboot.server.dhcp.DhcpServer;
import zeroboot.server.files.BootFiles;
import zeroboot.server.files.FileName;
import zeroboot.server.http.Site;
import zeroboot.server.http.WebServer;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.net.LocalInterface;
import zeroboot.server.net.PacketLoop;
import zeroboot.server.nodes.Node;
import zeroboot.server.nodes.NodeEvent;
import zeroboot.server.nodes.NodeTable;
import zeroboot.server.tftp.TftpServer;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/** DHCP beside the router, TFTP and HTTP on the chosen interfaces, and the table of the nodes. */
public final class BootServer implements AutoCloseable {
  private static final int TICK_MILLIS = 500;
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration REHEARSAL = Duration.ofSeconds(1);

  private final ServerOptions options;
  private final BootFiles files;
  private final Consumer<String> log;
  private final NodeTable table;
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final PacketLoop loop;
  private final WebServer web;
  private final Site site;
  private final List<DhcpServer> dhcp = new ArrayList<>();
  private final List<TftpServer> tftp = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "clock");
            thread.setDaemon(true);
            return thread;
          });

  private BootServer(
      ServerOptions options,
      BootFiles files,
      Optional<KernelMirror> mirror,
      Consumer<NodeEvent> events,
      Consumer<String> log)
      throws IOException {
    this.options = options;
    this.files = files;
    this.log = log;
    loop = new PacketLoop(bug -> log.accept(Warning.of("a bug in zboot: " + bug)));
    // The site is there before the first event: nothing listens until all is open.
    Site[] made = new Site[1];
    table =
        new NodeTable(
            Clock.systemUTC(),
            files::name,
            event -> {
              made[0].changed(event.node().mac());
              events.accept(event);
            });
    NodeWatch watch = new NodeWatch(table, log);
    site = new Site(files, watch, table::nodes, () -> warnings, mirror);
    made[0] = site;
    web = new WebServer(site);
    try {
      open(watch);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens every port and serves from then on.
   *
   * @param mirror of kernels, if there is to be one; to be closed by who opened it
   * @param events hears what each node does; must not wait
   * @param log hears, in a line each, what concerns no node
   * @throws ZbootException (I/O) if a port is taken or not allowed
   */
  public static BootServer start(
      ServerOptions options,
      BootFiles files,
      Optional<KernelMirror> mirror,
      Consumer<NodeEvent> events,
      Consumer<String> log) {
    WebServer.quiet();
    try {
      return new BootServer(options, files, mirror, events, log);
    } catch (IOException e) {
      throw ZbootException.io("network", String.valueOf(e.getMessage()), "see `ulimit -n`");
    }
  }

  private void open(NodeWatch watch) {
    if (!options.isHttpOnly()) {
      Thread rehearsal = new Thread(this::rehearse, "rehearsal");
      rehearsal.setDaemon(true);
      rehearsal.start();
    }
    for (LocalInterface each : options.interfaces()) {
      if (!options.isHttpOnly()) {
        BootFileNames names = new BootFileNames(options.httpPort(), this::takesChained);
        dhcp.add(DhcpServer.open(each, names, options.served(), watch, loop));
        tftp.add(
            TftpServer.open(
                new InetSocketAddress(inet(each.address()), TftpServer.PORT),
                name -> tftpFile(name, each.address()),
                watch,
                loop));
      }
      web.open(new InetSocketAddress(inet(each.address()), options.httpPort()));
      options
          .tls()
          .ifPresent(
              tls ->
                  web.open(new InetSocketAddress(inet(each.address()), tls.port()), tls.context()));
    }
    web.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.httpPort()));
    web.start();
    // A task that throws is never run again, and the future would tell nobody.
    var unused =
        clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Beside the opening of the ports, of which HTTP takes the longest. */
  private void rehearse() {
    NodeTable nobody = new NodeTable(Clock.systemUTC(), mac -> Optional.empty(), event -> {});
    NodeWatch watch = new NodeWatch(nobody, line -> {});
    BootFileNames names = new BootFileNames(options.httpPort(), this::takesChained);
    DhcpServer.rehearse(options.interfaces().get(0), names, watch, REHEARSAL);
  }

  private void tick() {
    try {
      site.tick();
    } catch (RuntimeException e) {
      log.accept(Warning.of("a bug in zboot: " + e));
    }
  }

  private Optional<byte[]> tftpFile(String name, Ipv4Address server) {
    return FileName.parse(name)
        .filter(file -> files.has(file.kind()))
        .map(file -> files.file(file.kind(), file.node(), server).bytes());
  }

  private boolean takesChained(MacAddress node) {
    return files.has(BootFiles.Kind.CHAINED) && table.takesChained(node);
  }

  private static InetAddress inet(Ipv4Address address) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address.bits()).array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }

  /** All nodes that were heard of. */
  public List<Node> nodes() {
    return table.nodes();
  }

  /** Something that the page shows above all nodes. */
  public void warn(String text) {
    if (!warnings.contains(text)) {
      warnings.add(text);
    }
  }

  /** Ends it; files that are on their way may go on for ten seconds. */
  @Override
  public void close() {
    clock.shutdownNow();
    dhcp.forEach(DhcpServer::close);
    tftp.forEach(TftpServer::close);
    site.closeStreams();
    long begun = System.nanoTime();
    web.close();
    for (TftpServer each : tftp) {
      each.awaitEnd(STOP.minusNanos(System.nanoTime() - begun));
    }
    loop.close();
  }
}
