package zeroboot.server.net;

import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.spec.Ipv4Address;

/**
 * A network interface of this machine that is up and has an IPv4 address.
 *
 * @param name {@code eth0}
 * @param index the kernel's number for it, another one when it comes again
 * @param address the one that nodes are told
 * @param prefix bits of the network
 * @param mac the hardware address, six bytes in hexadecimal with colons; empty if it has none
 * @param hasBroadcast whether a broadcast can be sent
 */
public record LocalInterface(
    String name,
    int index,
    Ipv4Address address,
    int prefix,
    Optional<String> mac,
    boolean hasBroadcast) {

  /** All of them but the loopback, each with all its addresses. */
  public static List<LocalInterface> all() {
    List<LocalInterface> all = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp() && !each.isLoopback()) {
          addAll(all, each);
        }
      }
    } catch (SocketException e) {
      throw ZbootException.io(
          "network interfaces", String.valueOf(e.getMessage()), "see what `ip address` says");
    }
    return all;
  }

  private static void addAll(List<LocalInterface> all, NetworkInterface from)
      throws SocketException {
    byte[] hardware = from.getHardwareAddress();
    Optional<String> mac =
        hardware == null || hardware.length != 6
            ? Optional.empty()
            : Optional.of(HexFormat.ofDelimiter(":").formatHex(hardware));
    for (InterfaceAddress each : from.getInterfaceAddresses()) {
      if (each.getAddress() instanceof Inet4Address ip) {
        all.add(
            new LocalInterface(
                from.getName(),
                from.getIndex(),
                of(ip),
                each.getNetworkPrefixLength(),
                mac,
                each.getBroadcast() != null));
      }
    }
  }

  /** An address of the JDK's. */
  public static Ipv4Address of(Inet4Address address) {
    return new Ipv4Address(ByteBuffer.wrap(address.getAddress()).getInt());
  }

  /** Whether an address lies in its network. */
  public boolean reaches(Ipv4Address other) {
    return prefix > 0 && (address.bits() ^ other.bits()) >>> (32 - Math.min(prefix, 32)) == 0;
  }

  /** For people. */
  @Override
  public String toString() {
    return name + " (" + address + ")";
  }
}
