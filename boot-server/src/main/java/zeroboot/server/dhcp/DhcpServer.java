package zeroboot.server.dhcp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.server.net.DeviceSocket;
import zeroboot.server.net.LocalInterface;
import zeroboot.server.net.PacketLoop;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/** Listens on one interface's ports 67 and 4011 and answers those who boot. */
public final class DhcpServer {
  /** More than Java wants to see of a method before it compiles it well. */
  private static final int REHEARSALS = 6000;

  private static final List<Integer> PORTS = List.of(ProxyDhcp.SERVER_PORT, ProxyDhcp.BOOT_PORT);

  private final LocalInterface at;
  private final ProxyDhcp proxy;
  private final Predicate<MacAddress> served;
  private final DhcpListener listener;
  private final List<DatagramChannel> channels = new ArrayList<>();

  private DhcpServer(
      LocalInterface at, BootFileNames names, Predicate<MacAddress> served, DhcpListener listener) {
    this.at = at;
    this.proxy = new ProxyDhcp(names);
    this.served = served;
    this.listener = listener;
  }

  /**
   * Opens both ports, and answers from then on.
   *
   * @param served which machines are answered
   * @throws ZbootException (I/O) if a port is taken: names who has it
   */
  public static DhcpServer open(
      LocalInterface at,
      BootFileNames names,
      Predicate<MacAddress> served,
      DhcpListener listener,
      PacketLoop loop) {
    DhcpServer server = new DhcpServer(at, names, served, listener);
    try {
      for (int port : PORTS) {
        DatagramChannel channel = DeviceSocket.open(at, port, false);
        server.channels.add(channel);
        loop.execute(() -> server.listen(loop, channel, port));
      }
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /**
   * Answers many questions that nobody asked, at most for this time: an iPXE goes on with the first
   * boot server that answers, and a rack that is switched on asks five hundred times at once. Until
   * Java has compiled the way from question to answer, each takes ten times as long.
   *
   * @param listener hears of them; not the one that tells people
   */
  public static void rehearse(
      LocalInterface at, BootFileNames names, DhcpListener listener, Duration most) {
    DhcpServer server = new DhcpServer(at, names, mac -> true, listener);
    long end = System.nanoTime() + most.toNanos();
    for (int i = 0; i < REHEARSALS && System.nanoTime() < end; i++) {
      String mac = String.format(Locale.ROOT, "02:00:00:00:%02x:%02x", i >> 8, i & 0xFF);
      client(Probe.question(mac, i).write())
          .flatMap(client -> server.answer(client, ProxyDhcp.SERVER_PORT))
          .ifPresent(DhcpPacket::write);
    }
  }

  /** The interface that it listens on. */
  public LocalInterface at() {
    return at;
  }

  private void listen(PacketLoop loop, DatagramChannel channel, int port) {
    try {
      loop.register(channel, new Port(channel, port));
    } catch (IOException e) {
      listener.failed(at + ", port " + port + ": " + e.getMessage());
    }
  }

  private Optional<DhcpPacket> answer(BootClient client, int port) {
    DhcpPacket question = client.question();
    if (client.mac().value().equals(at.mac().orElse(""))) {
      return Optional.empty(); // our own probe
    }
    if (port == ProxyDhcp.SERVER_PORT && question.type() == DhcpPacket.DHCP_REQUEST) {
      listener.chose(
          client,
          question.address(DhcpOptions.SERVER_IDENTIFIER),
          question.address(DhcpOptions.REQUESTED_ADDRESS));
      return Optional.empty();
    }
    if (question.type() != DhcpPacket.DISCOVER && question.type() != DhcpPacket.DHCP_REQUEST) {
      return Optional.empty();
    }
    listener.asked(client, at, port);
    if (!served.test(client.mac())) {
      listener.ignored(client, at, "its MAC address is not to be served");
      return Optional.empty();
    }
    Optional<DhcpPacket> answer = proxy.answer(client, port, at.address());
    if (answer.isEmpty()) {
      listener.ignored(client, at, "no image boots " + client.shown());
    }
    return answer;
  }

  private final class Port implements PacketLoop.Receiver {
    private final DatagramChannel channel;
    private final int number;

    Port(DatagramChannel channel, int number) {
      this.channel = channel;
      this.number = number;
    }

    @Override
    public void received(InetSocketAddress from, ByteBuffer packet) {
      byte[] bytes = new byte[packet.remaining()];
      packet.get(bytes);
      client(bytes).ifPresent(client -> heard(client, from));
    }

    private void heard(BootClient client, InetSocketAddress from) {
      answer(client, number)
          .ifPresent(
              answer -> {
                send(answer, from);
                listener.answered(client, at, number, answer.file());
              });
    }

    private void send(DhcpPacket answer, InetSocketAddress from) {
      try {
        channel.send(ByteBuffer.wrap(answer.write()), target(answer, from));
      } catch (IOException e) {
        listener.failed(at + ": an answer could not be sent: " + e.getMessage());
      }
    }

    /**
     * Everybody on the wire, whatever the client's flags say: it has no address yet that a packet
     * could be sent to, and firmware is deaf to the broadcast address of the network.
     */
    private InetSocketAddress target(DhcpPacket answer, InetSocketAddress from) {
      if (!answer.giaddr().equals(DhcpPacket.NONE)) {
        return new InetSocketAddress(inet(answer.giaddr()), ProxyDhcp.SERVER_PORT);
      }
      boolean isKnown =
          number == ProxyDhcp.BOOT_PORT
              && from.getAddress() instanceof Inet4Address ip
              && !ip.isAnyLocalAddress();
      return isKnown
          ? from
          : new InetSocketAddress(inet(new Ipv4Address(-1)), ProxyDhcp.CLIENT_PORT);
    }

    @Override
    public void failed(IOException why) {
      listener.failed(at + ", port " + number + ": " + why.getMessage());
    }
  }

  /** Who sent this packet, if it is a message of somebody who boots. */
  static Optional<BootClient> client(byte[] packet) {
    try {
      return BootClient.of(DhcpPacket.read(packet));
    } catch (ZbootException e) {
      return Optional.empty(); // a stranger's packet is nobody's error
    }
  }

  static InetAddress inet(Ipv4Address address) {
    try {
      return InetAddress.getByAddress(
          new SpecWriter(4).be32(Integer.toUnsignedLong(address.bits())).endsAt(4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }

  /** Closes both ports. */
  public void close() {
    channels.forEach(PacketLoop::closeQuietly);
  }
}
