package zeroboot.server.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/**
 * A DHCP message (RFC 2131 section 2, figure 1), without the IP and UDP headers around it. Other
 * hardware than Ethernet is refused.
 *
 * @param op {@link #REQUEST} or {@link #REPLY}
 * @param hops relays on the way
 * @param xid the client's number for the exchange
 * @param secs seconds since the client began
 * @param flags {@link #BROADCAST} or 0
 * @param ciaddr the client's address, if it has one
 * @param yiaddr the address that it is given
 * @param siaddr the server for the next step
 * @param giaddr the relay
 * @param chaddr the hardware address: 6 bytes, and the 10 behind them that pad the field
 * @param sname the server's name, ASCII
 * @param file the boot file, ASCII
 * @param options all options, wherever in the message they stood
 */
public record DhcpPacket(
    int op,
    int hops,
    long xid,
    int secs,
    int flags,
    Ipv4Address ciaddr,
    Ipv4Address yiaddr,
    Ipv4Address siaddr,
    Ipv4Address giaddr,
    byte[] chaddr,
    String sname,
    String file,
    DhcpOptions options) {
  static final int REQUEST = 1;
  static final int REPLY = 2;

  static final int DISCOVER = 1; // RFC 2132 section 9.6
  static final int OFFER = 2;
  static final int DHCP_REQUEST = 3;
  static final int ACK = 5;

  /** RFC 2131 section 2, figure 2: the client hears broadcasts alone. */
  static final int BROADCAST = 0x8000;

  /** No address. */
  static final Ipv4Address NONE = new Ipv4Address(0);

  private static final int ETHERNET = 1;
  private static final int ETHERNET_LENGTH = 6;
  private static final long MAGIC_COOKIE = 0x63825363L; // RFC 2131 section 3
  private static final int HEADER = 240;

  /** RFC 1542 section 2.1: relays drop what is shorter. */
  private static final int SHORTEST = 300;

  /**
   * A message from the network.
   *
   * @throws zeroboot.ground.ZbootException (settings) if it is none
   */
  static DhcpPacket read(byte[] bytes) {
    SpecReader r = SpecReader.of("DHCP message", bytes);
    int op = r.u8(0);
    r.require(op == REQUEST || op == REPLY, "op is " + op);
    r.require(r.u8(1) == ETHERNET, "htype is " + r.u8(1) + ", which is not Ethernet");
    r.require(r.u8(2) == ETHERNET_LENGTH, "hlen is " + r.u8(2));
    r.require(r.be32(236) == MAGIC_COOKIE, "no magic cookie");
    return new DhcpPacket(
        op,
        r.u8(3),
        r.be32(4),
        r.be16(8),
        r.be16(10),
        address(r, 12),
        address(r, 16),
        address(r, 20),
        address(r, 24),
        r.bytes(28, 16),
        text(r.bytes(44, 64)),
        text(r.bytes(108, 128)),
        options(r));
  }

  /** The message as it goes out; {@code sname} and {@code file} hold names, never options. */
  byte[] write() {
    byte[] written = options.write();
    int size = Math.max(SHORTEST, HEADER + written.length);
    SpecWriter w = new SpecWriter(size);
    w.at(0).u8(op);
    w.at(1).u8(ETHERNET); // htype
    w.at(2).u8(ETHERNET_LENGTH); // hlen
    w.at(3).u8(hops);
    w.at(4).be32(xid);
    w.at(8).be16(secs);
    w.at(10).be16(flags);
    w.at(12).be32(Integer.toUnsignedLong(ciaddr.bits()));
    w.at(16).be32(Integer.toUnsignedLong(yiaddr.bits()));
    w.at(20).be32(Integer.toUnsignedLong(siaddr.bits()));
    w.at(24).be32(Integer.toUnsignedLong(giaddr.bits()));
    w.at(28).raw(chaddr);
    w.at(44).ascii(sname).zerosTo(108);
    w.at(108).ascii(file).zerosTo(236);
    w.at(236).be32(MAGIC_COOKIE);
    w.at(HEADER).raw(written).zerosTo(size);
    return w.endsAt(size);
  }

  private static DhcpOptions options(SpecReader r) {
    SpecReader field = r.part("DHCP options", HEADER, r.size() - HEADER);
    DhcpOptions plain = DhcpOptions.read(field);
    byte[] overload = plain.get(DhcpOptions.OVERLOAD).orElse(new byte[] {0});
    if (overload.length != 1 || overload[0] < 1 || overload[0] > 3) {
      return plain;
    }
    SpecReader file = r.part("DHCP options in file", 108, (overload[0] & 1) == 0 ? 0 : 128);
    SpecReader sname = r.part("DHCP options in sname", 44, (overload[0] & 2) == 0 ? 0 : 64);
    return DhcpOptions.read(field, file, sname);
  }

  private static Ipv4Address address(SpecReader r, int offset) {
    return new Ipv4Address((int) r.be32(offset));
  }

  private static String text(byte[] field) {
    int end = 0;
    while (end < field.length && field[end] != 0) {
      end++;
    }
    return new String(field, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** The message type of option 53; 0 where there is none. */
  int type() {
    return options
        .get(DhcpOptions.MESSAGE_TYPE)
        .filter(value -> value.length == 1)
        .map(value -> (int) value[0])
        .orElse(0);
  }

  /** The address in an option of four bytes. */
  Optional<Ipv4Address> address(int option) {
    return options
        .get(option)
        .filter(value -> value.length == 4)
        .map(value -> new Ipv4Address((int) SpecReader.of("option", value).be32(0)));
  }

  /** The client's card; empty if no single card can have the address. */
  Optional<MacAddress> mac() {
    byte[] address = Arrays.copyOf(chaddr, ETHERNET_LENGTH);
    boolean isCard = (address[0] & 1) == 0 && !Arrays.equals(address, new byte[ETHERNET_LENGTH]);
    return isCard
        ? Optional.of(new MacAddress(HexFormat.ofDelimiter(":").formatHex(address)))
        : Optional.empty();
  }
}
