package zeroboot.server.service;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import zeroboot.server.net.AddressBlock;

/**
 * How the public service stands on its network.
 *
 * @param plain where it speaks HTTP; port 0 lets the system choose
 * @param tls where it speaks HTTPS; at least one of the two is there
 * @param base under which visitors reach it, {@code https://boot.example.com}; empty for what they
 *     ask for
 * @param proxies whose headers are believed
 * @param rate requests a second of one client, in the long run; 0 for no limit
 * @param logsVisitors whether the log tells who asked for what
 * @param drain how long it goes on after it was told to end, saying that it is not ready
 */
public record ServiceOptions(
    Optional<InetSocketAddress> plain,
    Optional<Tls> tls,
    Optional<String> base,
    List<AddressBlock> proxies,
    double rate,
    boolean logsVisitors,
    Duration drain) {
  /** HTTPS. */
  public record Tls(InetSocketAddress at, SSLContext context) {}

  /** Plain HTTP without limits. */
  public static ServiceOptions at(InetSocketAddress address) {
    return new ServiceOptions(
        Optional.of(address),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        0,
        false,
        Duration.ZERO);
  }

  /** The same, believing these proxies and limiting each client. */
  public ServiceOptions guarded(List<AddressBlock> believed, double perSecond) {
    return new ServiceOptions(plain, tls, base, believed, perSecond, logsVisitors, drain);
  }

  /** The same with a log that tells who asked for what. */
  public ServiceOptions telling() {
    return new ServiceOptions(plain, tls, base, proxies, rate, true, drain);
  }

  /** The same, ending so late. */
  public ServiceOptions draining(Duration time) {
    return new ServiceOptions(plain, tls, base, proxies, rate, logsVisitors, time);
  }
}
