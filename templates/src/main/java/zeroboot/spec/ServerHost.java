package zeroboot.spec;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/**
 * The server of a URL, as a node sees it.
 *
 * @param text a name, an IPv4 address, or an IPv6 address in brackets; lower case
 */
record ServerHost(String text) {
  static ServerHost of(String url) {
    return new ServerHost(URI.create(url).getHost().toLowerCase(Locale.ROOT));
  }

  /** Whether a DNS server has to find it. */
  boolean isName() {
    return !isIpv6() && !text.matches("[0-9.]+");
  }

  private boolean isIpv6() {
    return text.startsWith("[");
  }

  /** Why a node will not get there, or what it takes; nothing for most servers. */
  Optional<String> objection(String url) {
    if (isIpv6()) {
      return Optional.of(
          isOwnMachine() || text.matches("\\[(fe[89ab].|ff..|::):.*")
              ? url + ": no node reaches a server at this address. Give its address in the network."
              : url
                  + ": is reached in networks with IPv6 alone. Zero-OS itself needs IPv4, by"
                  + " DHCP.");
    }
    if (isOwnMachine()) {
      return Optional.of(
          url + ": to the node this is the node itself. Give the server's address in the network.");
    }
    if (!isName() && !isRoutable()) {
      return Optional.of(
          url + ": no node reaches a server at this address. Give its address in the network.");
    }
    return Optional.empty();
  }

  /** RFC 6761, section 6.3; RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3. */
  private boolean isOwnMachine() {
    return text.equals("localhost")
        || text.endsWith(".localhost")
        || text.matches("127(\\.\\d+){3}")
        || text.matches("\\[(0*:)+0*1\\]");
  }

  /** Not "this network", a group, a reserved one, or one that a machine gave itself (RFC 3927). */
  private boolean isRoutable() {
    try {
      return !Ipv4Address.parse("server", text).toString().startsWith("169.254.");
    } catch (ZbootException e) {
      return false;
    }
  }
}
