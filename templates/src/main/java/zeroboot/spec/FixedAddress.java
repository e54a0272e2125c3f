package zeroboot.spec;

import zeroboot.ground.ZbootException;

/**
 * A node's own IPv4 address and the size of its network.
 *
 * @param address the node's
 * @param prefixLength 1…32
 */
public record FixedAddress(Ipv4Address address, int prefixLength) {
  private static final String MEND = "write address and prefix length like 192.0.2.10/24";

  /** Refuses the two addresses of a network that no node can have (RFC 3021 excepts /31). */
  public FixedAddress {
    if (prefixLength < 1 || prefixLength > 32) {
      throw refuse(address + "/" + prefixLength, "has no prefix length from 1 to 32");
    }
    int host = address.bits() & ~mask(prefixLength);
    if (prefixLength < 31 && host == 0) {
      throw refuse(address + "/" + prefixLength, "is the address of the network itself");
    }
    if (prefixLength < 31 && host == ~mask(prefixLength)) {
      throw refuse(address + "/" + prefixLength, "is the network's broadcast address");
    }
  }

  /** Reads {@code A.B.C.D/NN}. */
  public static FixedAddress parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw refuse(text, "has no prefix length");
    }
    String length = text.substring(slash + 1);
    if (!length.matches("[1-9]\\d?")) {
      throw refuse(text, "has no prefix length from 1 to 32");
    }
    Ipv4Address address = Ipv4Address.parse("address", text.substring(0, slash));
    return new FixedAddress(address, Integer.parseInt(length));
  }

  /** The network mask in dotted decimal. */
  public String netmask() {
    return new Ipv4Address(mask(prefixLength)).toString();
  }

  /** Whether a packet to {@code other} needs no gateway. */
  public boolean reaches(Ipv4Address other) {
    return ((other.bits() ^ address.bits()) & mask(prefixLength)) == 0;
  }

  private static int mask(int prefixLength) {
    return -1 << (32 - prefixLength);
  }

  private static ZbootException refuse(String text, String what) {
    return ZbootException.settings("address '" + text + "'", what, MEND);
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
