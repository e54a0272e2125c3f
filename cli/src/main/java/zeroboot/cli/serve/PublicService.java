package zeroboot.cli.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import zeroboot.cli.console.Session;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.ImageMaker;
import zeroboot.server.service.PublicServer;
import zeroboot.spec.Ipv4Address;

/** {@code zboot serve --public}. */
final class PublicService {
  private final Session session;
  private final InetSocketAddress at;
  private final Optional<String> url;

  /**
   * What is to be served.
   *
   * @param address empty for all of this machine
   * @param url under which visitors reach it
   * @throws ZbootException (usage) if that is none
   */
  PublicService(Session session, Optional<Ipv4Address> address, int port, Optional<String> url) {
    this.session = session;
    this.at =
        address
            .map(one -> new InetSocketAddress(inet(one), port))
            .orElse(new InetSocketAddress(port));
    this.url = url.map(PublicService::base);
  }

  /** Serves until the process ends; what is on its way then may go on for ten seconds. */
  void run(IpxeCore core) {
    ScreenQueue queue =
        new ScreenQueue(
            new ServeScreen.Lines(
                session.streams().out(), session.environment().containsKey("JOURNAL_STREAM")));
    try (PublicServer server =
        PublicServer.start(at, core, new ImageMaker(core), url, queue::log)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, queue), "end"));
      String here = "http://localhost:" + server.port();
      session.streams().err().println("The public service: " + url.orElse(here) + "/");
      session.streams().err().println("Ctrl-C ends it.");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.close();
    }
  }

  private static void end(PublicServer server, ScreenQueue queue) {
    server.close();
    queue.close();
  }

  /** The URL without a slash at its end: addresses begin with one. */
  private static String base(String text) {
    try {
      URI uri = new URI(text).parseServerAuthority();
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean isPlain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      boolean isRoot = uri.getRawPath() == null || uri.getRawPath().matches("/?");
      if (scheme.matches("https?") && uri.getHost() != null && isPlain && isRoot) {
        return scheme + "://" + uri.getRawAuthority();
      }
    } catch (URISyntaxException e) {
      // refused below
    }
    throw ZbootException.usage(
        "--public-url " + text,
        "is not the URL of a server",
        "write it like https://boot.example.com");
  }

  private static InetAddress inet(Ipv4Address address) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address.bits()).array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }
}
