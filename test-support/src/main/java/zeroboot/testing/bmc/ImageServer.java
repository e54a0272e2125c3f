package zeroboot.testing.bmc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives one image under every path that ends as one, on the loopback address. */
public final class ImageServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private final HttpServer server;
  private final byte[] image;
  private final String scheme;
  private final List<String> requests = new ArrayList<>();

  /**
   * Starts it.
   *
   * @param certificate for HTTPS; null for HTTP
   */
  public ImageServer(byte[] image, @Nullable SimCertificate certificate) {
    this.image = image.clone();
    scheme = certificate == null ? "http" : "https";
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (certificate == null) {
        server = HttpServer.create(address, 0);
      } else {
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server = https;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::give);
    server.start();
  }

  private void give(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      synchronized (requests) {
        requests.add(method + " " + path);
      }
      if (!path.endsWith(".iso")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(image.length));
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
      int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
      int to = range.matches() ? Integer.parseInt(range.group(2)) : image.length - 1;
      exchange.sendResponseHeaders(range.matches() ? 206 : 200, to - from + 1);
      exchange.getResponseBody().write(image, from, to - from + 1);
    }
  }

  /** The requests so far. */
  public List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** The address of a file of it. */
  public String url(String path) {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
