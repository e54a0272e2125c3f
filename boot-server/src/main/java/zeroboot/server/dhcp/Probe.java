package zeroboot.server.dhcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import zeroboot.ground.ZbootException;
import zeroboot.server.net.DeviceSocket;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.Ipv4Address;

/**
 * Asks a network, as a machine that boots would, what the DHCP servers in it say. Takes no address:
 * it never requests what it is offered.
 */
public final class Probe {
  /** Servers may ask the network first whether an address is free. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final String CLASS = "PXEClient:Arch:00007:UNDI:003000";
  private static final byte[] X64 = {0, 7};
  private static final byte[] UNDI = {1, 3, 0};
  private static final byte[] WANTED = {1, 3, 6, 43, 60, 66, 67};

  private Probe() {}

  /**
   * What a server offered.
   *
   * @param server the sender's address, by option 54
   * @param givesAddress whether it is a DHCP server; else it is one more boot server
   * @param bootFile of the header or option 67; empty for none
   * @param isBootServer whether it calls itself a boot server in option 60
   */
  record Offer(
      Ipv4Address server, boolean givesAddress, Optional<String> bootFile, boolean isBootServer) {
    static Offer of(DhcpPacket packet, Ipv4Address sender) {
      String named = packet.options().text(DhcpOptions.BOOT_FILE).orElse(packet.file());
      String vendor = packet.options().text(DhcpOptions.VENDOR_CLASS).orElse("");
      return new Offer(
          packet.address(DhcpOptions.SERVER_IDENTIFIER).orElse(sender),
          !packet.yiaddr().equals(DhcpPacket.NONE),
          Optional.of(named).filter(name -> !name.isEmpty()),
          vendor.startsWith("PXEClient") || vendor.startsWith("HTTPClient"));
    }
  }

  /**
   * What stands in the way of booting from here, as whole sentences; nothing if all is well. Takes
   * some seconds.
   *
   * @param xid a random number
   * @throws ZbootException (I/O) if it cannot ask
   */
  public static List<String> ask(LocalInterface at, int xid) {
    if (at.mac().isEmpty()) {
      return List.of();
    }
    try (DatagramChannel channel = DeviceSocket.open(at, ProxyDhcp.CLIENT_PORT, true)) {
      DhcpPacket question = question(at.mac().get(), Integer.toUnsignedLong(xid));
      channel.send(
          ByteBuffer.wrap(question.write()),
          new InetSocketAddress(DhcpServer.inet(new Ipv4Address(-1)), ProxyDhcp.SERVER_PORT));
      return findings(at, offers(channel, question.xid()));
    } catch (IOException e) {
      throw ZbootException.io(
          "interface " + at.name(), String.valueOf(e.getMessage()), "see what `ip link` says");
    }
  }

  static DhcpPacket question(String mac, long xid) {
    byte[] chaddr = new byte[16];
    System.arraycopy(HexFormat.ofDelimiter(":").parseHex(mac), 0, chaddr, 0, 6);
    return new DhcpPacket(
        DhcpPacket.REQUEST,
        0,
        xid,
        0,
        DhcpPacket.BROADCAST,
        DhcpPacket.NONE,
        DhcpPacket.NONE,
        DhcpPacket.NONE,
        DhcpPacket.NONE,
        chaddr,
        "",
        "",
        DhcpOptions.NONE
            .with(DhcpOptions.MESSAGE_TYPE, (byte) DhcpPacket.DISCOVER)
            .with(DhcpOptions.VENDOR_CLASS, CLASS)
            .with(DhcpOptions.ARCHITECTURE, X64)
            .with(DhcpOptions.NETWORK_INTERFACE, UNDI)
            .with(DhcpOptions.PARAMETER_LIST, WANTED));
  }

  private static List<Offer> offers(DatagramChannel channel, long xid) throws IOException {
    List<Offer> offers = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      ByteBuffer packet = ByteBuffer.allocate(2048);
      for (long left = PATIENCE.toMillis();
          left > 0;
          left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
        selector.select(left);
        selector.selectedKeys().clear();
        packet.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(packet);
        if (from != null && from.getAddress() instanceof java.net.Inet4Address ip) {
          packet.flip();
          byte[] bytes = new byte[packet.remaining()];
          packet.get(bytes);
          offer(bytes, xid, LocalInterface.of(ip)).ifPresent(offers::add);
        }
      }
    }
    return offers;
  }

  private static Optional<Offer> offer(byte[] bytes, long xid, Ipv4Address sender) {
    try {
      DhcpPacket packet = DhcpPacket.read(bytes);
      return packet.op() == DhcpPacket.REPLY
              && packet.xid() == xid
              && packet.type() == DhcpPacket.OFFER
          ? Optional.of(Offer.of(packet, sender))
          : Optional.empty();
    } catch (ZbootException e) {
      return Optional.empty();
    }
  }

  /** What to say of these offers. */
  static List<String> findings(LocalInterface at, List<Offer> offers) {
    Set<String> findings = new TreeSet<>();
    if (offers.stream().noneMatch(Offer::givesAddress)) {
      findings.add(
          at
              + ": no DHCP server answers. Nodes need one for their address (the router's, as a"
              + " rule); zboot serve gives none");
    }
    for (Offer offer : offers) {
      if (!offer.givesAddress()) {
        findings.add(
            at
                + ": there is another boot server, "
                + offer.server()
                + ". Most machines take whichever answers first: end one of the two");
      } else if (offer.isBootServer()) {
        findings.add(
            at
                + ": the DHCP server "
                + offer.server()
                + " calls itself a boot server (option 60). UEFI machines will take it and never"
                + " ask here: take option 60 out of it, or let it name the boot file (--explain)");
      } else if (offer.bootFile().isPresent()) {
        findings.add(
            at
                + ": the DHCP server "
                + offer.server()
                + " names a boot file of its own, "
                + offer.bootFile().get()
                + ". Most machines take the one from here all the same; take it out to be sure");
      }
    }
    return List.copyOf(findings);
  }
}
