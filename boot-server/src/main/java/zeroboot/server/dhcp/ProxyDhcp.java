package zeroboot.server.dhcp;

import java.util.Optional;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.spec.Ipv4Address;

/**
 * What is answered, beside a DHCP server that gives the addresses (PXE 2.1 section 2.2.3, "proxy
 * DHCP"). Pure: packets in, packets out.
 *
 * @param names of the files that are offered
 */
record ProxyDhcp(BootFileNames names) {
  /** RFC 2131 section 4.1. */
  static final int SERVER_PORT = 67;

  static final int CLIENT_PORT = 68;

  /** PXE 2.1 section 2.2.3: where a client asks again that was told to. */
  static final int BOOT_PORT = 4011;

  /**
   * PXE 2.1 table 2-1, PXE_DISCOVERY_CONTROL bit 3: take the boot file of the offer, ask no
   * further. Without it UEFI firmware asks port 4011 first, with other bits it gives up.
   */
  private static final byte[] BOOT_THE_FILE = {6, 1, 8, (byte) 255};

  /**
   * iPXE's priority of a set of options (its option 1): over those of a router that names a boot
   * file too.
   */
  private static final byte[] PRIORITY = {1, 1, 1};

  /**
   * The answer to a client on one of the two ports; empty if there is to be none.
   *
   * @param us the address of the interface that the question came in by
   */
  Optional<DhcpPacket> answer(BootClient client, int port, Ipv4Address us) {
    int type = client.question().type();
    // An answer to a request on 67 would be a lease from somebody whom the client did not choose.
    boolean isAsked =
        type == DhcpPacket.DISCOVER || (port == BOOT_PORT && type == DhcpPacket.DHCP_REQUEST);
    if (!isAsked) {
      return Optional.empty();
    }
    return client
        .architecture()
        .flatMap(what -> file(client, what, us))
        .map(file -> packet(client, port, us, file));
  }

  private Optional<String> file(BootClient client, BootArchitecture what, Ipv4Address us) {
    Optional<String> url = names.url(us, client.mac(), what);
    if (client.isHttp()) {
      return url;
    }
    boolean fetches =
        client.features().hasHttp()
            && (what != BootArchitecture.BIOS || client.features().startsLinux());
    return Optional.of(
        client.isIpxe() && fetches && url.isPresent() ? url.get() : names.tftp(client.mac(), what));
  }

  private static DhcpPacket packet(BootClient client, int port, Ipv4Address us, String file) {
    DhcpPacket question = client.question();
    boolean relayed = !question.giaddr().equals(DhcpPacket.NONE);
    byte[] address = new SpecWriter(4).be32(Integer.toUnsignedLong(us.bits())).endsAt(4);
    DhcpOptions options =
        DhcpOptions.NONE
            .with(
                DhcpOptions.MESSAGE_TYPE,
                (byte) (port == BOOT_PORT ? DhcpPacket.ACK : DhcpPacket.OFFER))
            .with(DhcpOptions.SERVER_IDENTIFIER, address)
            .with(DhcpOptions.VENDOR_CLASS, client.isHttp() ? "HTTPClient" : "PXEClient");
    Optional<byte[]> machine =
        question.options().get(DhcpOptions.MACHINE_ID).filter(value -> value.length <= 255);
    if (machine.isPresent()) {
      options = options.with(DhcpOptions.MACHINE_ID, machine.get());
    }
    if (!client.isHttp()) {
      options = options.with(DhcpOptions.VENDOR_SPECIFIC, BOOT_THE_FILE);
    }
    if (client.isIpxe()) {
      options = options.with(DhcpOptions.IPXE, PRIORITY);
    }
    return new DhcpPacket(
        DhcpPacket.REPLY,
        0,
        question.xid(),
        0,
        // A relay would send to the address that we give, and we give none.
        relayed ? question.flags() | DhcpPacket.BROADCAST : question.flags(),
        port == BOOT_PORT ? question.ciaddr() : DhcpPacket.NONE,
        DhcpPacket.NONE,
        us,
        question.giaddr(),
        question.chaddr(),
        "",
        file,
        options);
  }
}
