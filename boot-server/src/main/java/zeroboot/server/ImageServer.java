package zeroboot.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import zeroboot.ground.ZbootException;
import zeroboot.server.files.SharedImages;
import zeroboot.server.http.ImageSite;
import zeroboot.server.http.WebServer;
import zeroboot.server.nodes.ImageListener;

/**
 * Gives images to controllers, at the addresses of this machine that they reach: by HTTP, and by
 * HTTPS from the first who asks for that.
 */
public final class ImageServer implements AutoCloseable {
  private final WebServer web;
  private final int httpPort;
  private final int httpsPort;
  private final Function<String, SSLContext> tls;
  private final Map<String, Integer> open = new HashMap<>();

  private ImageServer(
      WebServer web, int httpPort, int httpsPort, Function<String, SSLContext> tls) {
    this.web = web;
    this.httpPort = httpPort;
    this.httpsPort = httpsPort;
    this.tls = tls;
  }

  /**
   * Starts one that no address is open of yet.
   *
   * @param httpPort 0 lets the system choose
   * @param httpsPort likewise
   * @param tls what is shown at an address
   */
  public static ImageServer start(
      SharedImages images,
      ImageListener listener,
      int httpPort,
      int httpsPort,
      Function<String, SSLContext> tls) {
    WebServer.quiet();
    WebServer web = new WebServer(new ImageSite(images, listener));
    web.start();
    return new ImageServer(web, httpPort, httpsPort, tls);
  }

  /**
   * The beginning of every URL at an address, {@code http://192.0.2.3:8080}.
   *
   * @throws ZbootException (I/O) if the port is taken: names who has it
   */
  public String http(InetAddress address) {
    return base("http", address, httpPort);
  }

  /** The same for HTTPS. */
  public String https(InetAddress address) {
    return base("https", address, httpsPort);
  }

  private synchronized String base(String scheme, InetAddress address, int wanted) {
    // Without its zone, which means nothing to others (RFC 6874 section 4).
    String host = address.getHostAddress().replaceFirst("%.*", "");
    Integer port = open.get(scheme + host);
    if (port == null) {
      InetSocketAddress at = new InetSocketAddress(address, wanted);
      port = scheme.equals("http") ? web.open(at) : web.open(at, tls.apply(host));
      open.put(scheme + host, port);
    }
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public void close() {
    web.close();
  }
}
