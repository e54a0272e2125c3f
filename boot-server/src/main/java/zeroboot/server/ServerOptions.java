package zeroboot.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.MacAddress;

/**
 * How a boot server runs.
 *
 * @param interfaces that it serves; none twice
 * @param httpPort of the web server
 * @param tls a second port of the web server, for HTTPS
 * @param isHttpOnly whether it answers neither DHCP nor TFTP
 * @param served which machines are answered
 */
public record ServerOptions(
    List<LocalInterface> interfaces,
    int httpPort,
    Optional<Tls> tls,
    boolean isHttpOnly,
    Predicate<MacAddress> served) {
  /**
   * A port for HTTPS.
   *
   * @param port of it
   * @param context shows a certificate for all addresses of this server
   */
  public record Tls(int port, SSLContext context) {}
}
