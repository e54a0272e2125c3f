package zeroboot.server.dhcp;

import java.util.HexFormat;
import zeroboot.spec.Ipv4Address;

/** Questions as clients send them: header fields and options of those that were seen. */
final class Packets {
  static final Ipv4Address US = Ipv4Address.parse("server", "192.0.2.3");
  static final String MAC = "52:54:00:77:00:10";

  private Packets() {}

  static DhcpPacket discover(int flags, String relay, DhcpOptions options) {
    byte[] chaddr = new byte[16];
    System.arraycopy(HexFormat.ofDelimiter(":").parseHex(MAC), 0, chaddr, 0, 6);
    return new DhcpPacket(
        DhcpPacket.REQUEST,
        0,
        0x05BB5F86L,
        4,
        flags,
        DhcpPacket.NONE,
        DhcpPacket.NONE,
        DhcpPacket.NONE,
        relay.isEmpty() ? DhcpPacket.NONE : Ipv4Address.parse("relay", relay),
        chaddr,
        "",
        "",
        options);
  }

  static DhcpOptions options(int type, String vendor, int architecture) {
    return DhcpOptions.NONE
        .with(DhcpOptions.MESSAGE_TYPE, (byte) type)
        .with(DhcpOptions.VENDOR_CLASS, vendor)
        .with(DhcpOptions.ARCHITECTURE, (byte) (architecture >> 8), (byte) architecture)
        .with(DhcpOptions.MACHINE_ID, new byte[17]);
  }

  /** UEFI firmware of 64 bits, by PXE. */
  static DhcpPacket uefi() {
    return discover(
        0x8000, "", options(DhcpPacket.DISCOVER, "PXEClient:Arch:00007:UNDI:003000", 7));
  }

  /** UEFI HTTP boot. */
  static DhcpPacket http() {
    return discover(
        0x8000, "", options(DhcpPacket.DISCOVER, "HTTPClient:Arch:00016:UNDI:003000", 16));
  }

  /** An iPXE in the ROM of a card, in a BIOS machine: Intel e1000. */
  static DhcpPacket ipxeRom() {
    return discover(0, "", ipxeOptions("iPXE"));
  }

  /** What iPXE sends in BIOS machines, under this user class. */
  static DhcpOptions ipxeOptions(String userClass) {
    return options(DhcpPacket.DISCOVER, "PXEClient:Arch:00000:UNDI:002001", 0)
        .with(DhcpOptions.USER_CLASS, userClass)
        .with(DhcpOptions.IPXE, HexFormat.of().parseHex("b105018086100e130101180101eb0303020000"));
  }
}
