package zeroboot.server;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import zeroboot.server.dhcp.BootArchitecture;
import zeroboot.server.dhcp.BootClient;
import zeroboot.server.dhcp.DhcpListener;
import zeroboot.server.files.FileName;
import zeroboot.server.http.SiteListener;
import zeroboot.server.net.LocalInterface;
import zeroboot.server.nodes.NodeTable;
import zeroboot.server.nodes.Report;
import zeroboot.server.tftp.TftpListener;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/** Puts into the table what all the servers hear. */
final class NodeWatch implements DhcpListener, TftpListener, SiteListener {
  /** Sent before a client asks anew, or to tell that the size was all that it wanted. */
  private static final int OPTIONS_REFUSED = 8;

  private final NodeTable table;
  private final Consumer<String> log;

  NodeWatch(NodeTable table, Consumer<String> log) {
    this.table = table;
    this.log = log;
  }

  @Override
  public void asked(BootClient client, LocalInterface by, int port) {
    boolean uefi = client.architecture().map(what -> what != BootArchitecture.BIOS).orElse(true);
    table.asked(
        client.mac(), client.shown(), uefi, client.isIpxe(), client.isZboot(), client.card(), port);
  }

  @Override
  public void answered(BootClient client, LocalInterface by, int port, String file) {
    if (!client.isZboot()) {
      table.offered(client.mac(), file);
    }
  }

  @Override
  public void ignored(BootClient client, LocalInterface by, String why) {
    table.ignored(client.mac(), why);
  }

  @Override
  public void chose(
      BootClient client, Optional<Ipv4Address> server, Optional<Ipv4Address> address) {
    table.chose(
        client.mac(),
        client.isZboot(),
        server.map(Ipv4Address::toString),
        address.map(Ipv4Address::toString));
  }

  /** Who asks by TFTP: by the name of the file, else by what is known of its address. */
  private void of(InetAddress client, String file, BiConsumer<MacAddress, String> what) {
    Optional<FileName> name = FileName.parse(file);
    Optional<MacAddress> mac = name.flatMap(FileName::node);
    mac.or(() -> table.at(client.getHostAddress()))
        .ifPresent(
            node -> what.accept(node, name.map(known -> known.kind().fileName()).orElse("a file")));
  }

  @Override
  public void asked(InetAddress client, String file) {
    of(client, file, (node, name) -> table.fetches(node, name, client.getHostAddress()));
  }

  @Override
  public void done(InetAddress client, String file, long bytes) {
    of(client, file, table::fetched);
  }

  @Override
  public void aborted(InetAddress client, String file, int code) {
    of(client, file, (node, name) -> table.brokeOff(node, name, code));
  }

  @Override
  public void silent(InetAddress client, String file, long bytes) {
    of(client, file, table::lost);
  }

  @Override
  public void missing(InetAddress client, String file) {
    // An iPXE that UEFI firmware loaded asks for autoexec.ipxe: nothing is wrong.
  }

  @Override
  public void failed(String what) {
    log.accept(what);
  }

  @Override
  public void fetches(MacAddress node, String file, String address) {
    table.fetches(node, file, address);
  }

  @Override
  public void fetched(MacAddress node, String file) {
    table.fetched(node, file);
  }

  @Override
  public void sized(MacAddress node, String file) {
    table.brokeOff(node, file, OPTIONS_REFUSED);
  }

  @Override
  public void kernel(MacAddress node, String file, boolean done, Optional<String> note) {
    table.kernel(node, file, done, note);
  }

  @Override
  public void goesOn(MacAddress node) {
    table.goesOn(node);
  }

  @Override
  public void reported(Report report, String from) {
    table.reported(report, from);
  }

  @Override
  public Optional<MacAddress> at(String address) {
    return table.at(address);
  }

  @Override
  public Optional<MacAddress> shownAt(String address) {
    return table.shownAt(address);
  }
}
