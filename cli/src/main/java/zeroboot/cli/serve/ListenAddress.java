package zeroboot.cli.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.server.net.AddressBlock;

/** Where the public service listens: any address of this machine, or all of them. */
final class ListenAddress {
  private ListenAddress() {}

  /**
   * The address that was named.
   *
   * @param text empty for all of this machine
   * @throws ZbootException (settings) if it is none
   */
  static InetSocketAddress of(Optional<String> text, int port) {
    if (text.isEmpty()) {
      return new InetSocketAddress(port);
    }
    InetAddress address =
        AddressBlock.address(text.get())
            .filter(one -> !one.isMulticastAddress())
            .orElseThrow(
                () ->
                    ZbootException.settings(
                        "--address '" + text.get() + "'",
                        "is not an address that a server can listen at",
                        "write it like 127.0.0.1, 192.0.2.1 or 2001:db8::1"));
    return new InetSocketAddress(address, port);
  }

  /** The host of a URL that leads there from this machine (RFC 3986 section 3.2.2). */
  static String host(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      return "localhost";
    }
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
