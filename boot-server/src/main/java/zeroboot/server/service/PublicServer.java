package zeroboot.server.service;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageMaker;
import zeroboot.server.http.WebServer;

/** A web server that makes images for everybody who asks. */
public final class PublicServer implements AutoCloseable {
  /** In bytes: a hundred images. */
  private static final long MOST_KEPT = 64L << 20;

  /** In bytes: two hundred different images on their way at once. */
  private static final long MOST_UNDER_WAY = 128L << 20;

  private final WebServer web;
  private final int port;

  private PublicServer(WebServer web, int port) {
    this.web = web;
    this.port = port;
  }

  /**
   * Serves from now on.
   *
   * @param at where; port 0 lets the system choose
   * @param maker of images on {@code core}
   * @param base under which visitors reach it, {@code https://boot.example.com}; empty for what
   *     they ask for
   * @param log hears a line for each request, without farm IDs; must not wait
   * @throws zeroboot.ground.ZbootException (I/O) if the port is taken or not allowed
   */
  public static PublicServer start(
      InetSocketAddress at,
      IpxeCore core,
      ImageMaker maker,
      Optional<String> base,
      Consumer<String> log) {
    WebServer.quiet();
    PublicSite site = new PublicSite(new Images(core, maker, MOST_KEPT, MOST_UNDER_WAY), base, log);
    WebServer web = new WebServer(site, site::refuse);
    int port = web.open(at);
    web.start();
    return new PublicServer(web, port);
  }

  /** The port that is open. */
  public int port() {
    return port;
  }

  /** Ends it; what is on its way may go on for ten seconds. */
  @Override
  public void close() {
    web.close();
  }
}
