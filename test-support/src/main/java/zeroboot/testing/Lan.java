package zeroboot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * A farm's network: a switch, and a machine {@link #SERVER} that is the router and, as soon as a
 * test says so, a web server, a DHCP server and a DNS server. Virtual PCs are plugged into it. Any
 * number of such networks exist side by side.
 */
public final class Lan implements AutoCloseable {
  /** The address of the router and of all servers; the network has 24 bits. */
  public static final String SERVER = "192.0.2.2";

  /** The same machine by an address that only the router leads to; DNS knows it. */
  public static final String FAR_SERVER = "kernel.example.com";

  static final String FAR_ADDRESS = "198.51.100.1";
  static final String SWITCH = "lan";
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final Pattern REQUEST = Pattern.compile("\"(?:GET|HEAD) (\\S+) HTTP/");
  private final NetworkNamespace namespace;
  private final Path folder;
  private int ports;

  private Lan(NetworkNamespace namespace, Path folder) {
    this.namespace = namespace;
    this.folder = folder;
  }

  /** A network without any server; logs go into a new folder within this one. */
  public static Lan create(Path folder) {
    try {
      Lan lan = new Lan(NetworkNamespace.create(), Files.createTempDirectory(folder, "lan"));
      lan.build();
      return lan;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void build() {
    try {
      namespace.ip("link", "add", SWITCH, "type", "bridge");
      namespace.ip("address", "add", SERVER + "/24", "dev", SWITCH);
      namespace.ip("link", "set", SWITCH, "up");
      namespace.ip("address", "add", FAR_ADDRESS + "/32", "dev", "lo");
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Adds a card whose cable leads here. */
  public Qemu plug(Qemu machine, Nic card) {
    return machine.in(namespace).nic(card.pluggedInto(port()));
  }

  /** A further port of the switch, as a network backend of QEMU. */
  String port() {
    String name = "port" + ports++;
    namespace.ip("tuntap", "add", name, "mode", "tap");
    namespace.ip("link", "set", name, "master", SWITCH, "up");
    return "tap,script=no,downscript=no,ifname=" + name;
  }

  /**
   * A further machine in the network, with a kernel and servers of its own.
   *
   * @param address in the network of {@link #SERVER}
   */
  public LanHost host(String address) {
    LanHost host = new LanHost(namespace.neighbour(), folder);
    plugIn(host, "eth0");
    host.card("eth0", address + "/24");
    return host;
  }

  /**
   * A further machine whose cable carries this network with a tag, and nothing without: the machine
   * has an interface {@code eth0.TAG} for it.
   *
   * @param address in the network of {@link #SERVER}
   */
  public LanHost hostBehindTag(String address, int tag) {
    LanHost host = new LanHost(namespace.neighbour(), folder);
    String trunk = "port" + ports++;
    namespace.ip(
        "link", "add", trunk, "type", "veth", "peer", "name", "eth0", "netns", host.holder());
    namespace.ip("link", "set", Vlan.add(namespace, folder, trunk, tag), "master", SWITCH, "up");
    host.card(host.vlan("eth0", tag), address + "/24");
    return host;
  }

  /** Tells the router where a network is that lies behind a host. */
  public void route(String network, String host) {
    namespace.ip("route", "add", network, "via", host);
  }

  /** One end of a cable into the switch; the other is in a host, under this name. */
  private void plugIn(LanHost host, String card) {
    String port = "port" + ports++;
    namespace.ip("link", "add", port, "type", "veth", "peer", "name", card, "netns", host.holder());
    namespace.ip("link", "set", port, "master", SWITCH, "up");
  }

  /** A port for machines that tag their frames. */
  public TaggedPort taggedPort(int tag) {
    return TaggedPort.open(this, folder.resolve("tag" + tag), tag);
  }

  /** Adds a card that {@link #port} is reached from in some other way. */
  Qemu plugIndirectly(Qemu machine, Nic card) {
    return machine.in(namespace).nic(card);
  }

  /** Starts a web server for the files in a folder, now or later, at {@code http://SERVER/}. */
  public void serve(Path files) {
    var unused = namespace.start(webLog(), webServer(files));
    // In hexadecimal: port 80, from anywhere, listening.
    Pattern listening = Pattern.compile(":0050 0+:0000 0A ");
    await(
        "the web server listens",
        webLog(),
        () ->
            listening.matcher(namespace.sockets("tcp")).find()
                || listening.matcher(namespace.sockets("tcp6")).find());
  }

  /**
   * What serves this folder at port 80, for IPv4 and IPv6. (BusyBox's sends the whole file to those
   * who ask for its head alone, and firmware that boots over HTTP does.)
   */
  public static List<String> webServer(Path files) {
    String python = ForeignTool.require("python3").path();
    return List.of(
        python, "-u", "-m", "http.server", "--bind", "::", "--directory", files + "", "80");
  }

  /** What the web server was asked for so far, as paths. */
  public List<String> requests() {
    return REQUEST.matcher(read(webLog())).results().map(found -> found.group(1)).toList();
  }

  private Path webLog() {
    return folder.resolve("httpd.log");
  }

  /** Runs {@code ip} on the router. */
  public void ip(String... words) {
    namespace.ip(words);
  }

  /** Starts dnsmasq, with these options beside those for the place it runs in. */
  public Dnsmasq dnsmasq(String... options) {
    Dnsmasq dnsmasq = new Dnsmasq(folder);
    var unused = namespace.start(dnsmasq.log(), dnsmasq.command(options));
    await("dnsmasq starts", dnsmasq.log(), () -> read(dnsmasq.log()).contains(" started, version"));
    return dnsmasq;
  }

  static String read(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void await(String what, Path log, BooleanSupplier happens) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!happens.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not so: " + what + "\n" + read(log));
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    namespace.close();
  }
}
