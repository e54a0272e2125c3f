package zeroboot.server.service;

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

  /**
   * Parts of the heap, so that both are reached before it is full, and what is made meanwhile finds
   * room without a search through all of it.
   */
  private static final int KEPT_OF_HEAP = 8;

  private static final int UNDER_WAY_OF_HEAP = 3;

  private final ServiceOptions options;
  private final PublicSite site;
  private final WebServer web;
  private final int port;

  private PublicServer(ServiceOptions options, PublicSite site, WebServer web, int port) {
    this.options = options;
    this.site = site;
    this.web = web;
    this.port = port;
  }

  /**
   * Serves from now on.
   *
   * @param maker of images on {@code core}
   * @param parts what it has besides
   * @param log hears a line for each request, without farm IDs unless the options want them; must
   *     not wait
   * @throws zeroboot.ground.ZbootException (I/O) if a port is taken or not allowed
   */
  public static PublicServer start(
      ServiceOptions options,
      IpxeCore core,
      ImageMaker maker,
      ServiceParts parts,
      Consumer<String> log) {
    WebServer.quiet();
    Visitors visitors = new Visitors(options.proxies(), options.base());
    long heap = Runtime.getRuntime().maxMemory();
    PublicSite site =
        new PublicSite(
            options,
            visitors,
            new Images(
                core,
                maker,
                parts.seals(),
                Math.min(MOST_KEPT, heap / KEPT_OF_HEAP),
                Math.min(MOST_UNDER_WAY, heap / UNDER_WAY_OF_HEAP)),
            parts,
            log);
    WebServer web = WebServer.forStrangers(site, site::refuse, visitors::isProxy);
    site.counts("connections", web::connections);
    int port = 0;
    if (options.tls().isPresent()) {
      port = web.open(options.tls().get().at(), options.tls().get().context());
    }
    if (options.plain().isPresent()) {
      port = web.open(options.plain().get());
    }
    web.start();
    return new PublicServer(options, site, web, port);
  }

  /** The port that is open; that of plain HTTP if there are two. */
  public int port() {
    return port;
  }

  /**
   * Ends it when it was not ready for long enough; what is on its way may then go on for ten
   * seconds.
   */
  @Override
  public void close() {
    site.end();
    try {
      Thread.sleep(options.drain().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    web.close();
  }
}
