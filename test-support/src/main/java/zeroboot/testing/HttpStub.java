package zeroboot.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A web server on the loopback address that answers as scripted. QEMU's user network shows it to
 * the guest as 10.0.2.2.
 */
public final class HttpStub implements Closeable {
  private final String scheme;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, Answer> others = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** One answer of the server. */
  @FunctionalInterface
  public interface Answer {
    /** Answers a request, or does not. */
    void give(HttpExchange exchange) throws IOException;
  }

  /** Starts a server that knows no path yet: everything is "404 Not Found". */
  public HttpStub() {
    this("http", listening(HttpServer::create));
  }

  /** The same for HTTPS. */
  public HttpStub(SSLContext tls) {
    this("https", listening((address, backlog) -> https(address, backlog, tls)));
  }

  private HttpStub(String scheme, HttpServer server) {
    this.scheme = scheme;
    this.server = server;
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "HTTP stub");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Makes a server for an address. */
  @FunctionalInterface
  private interface Maker {
    HttpServer make(InetSocketAddress address, int backlog) throws IOException;
  }

  private static HttpServer listening(Maker maker) {
    try {
      return maker.make(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer https(InetSocketAddress address, int backlog, SSLContext tls)
      throws IOException {
    HttpsServer server = HttpsServer.create(address, backlog);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  /** What the path answers, one after the other; the last answer stays. */
  public HttpStub on(String path, Answer... inTurn) {
    answers.put(path, new ArrayDeque<>(List.of(inTurn)));
    return this;
  }

  /** What all paths answer that begin so and have no answers of their own. */
  public HttpStub otherwise(String prefix, Answer answer) {
    others.put(prefix, answer);
    return this;
  }

  /** The file with "200 OK". */
  public static Answer file(Path file) {
    return exchange -> {
      exchange.sendResponseHeaders(200, Files.size(file));
      try (OutputStream body = exchange.getResponseBody()) {
        Files.copy(file, body);
      }
    };
  }

  /** The ASCII text with "200 OK". */
  public static Answer text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** A status without a body. */
  public static Answer status(int code) {
    return exchange -> exchange.sendResponseHeaders(code, -1);
  }

  /** A status, and that it will be another in some seconds. */
  public static Answer later(int code, int seconds) {
    return exchange -> {
      exchange.getResponseHeaders().set("Retry-After", Integer.toString(seconds));
      exchange.sendResponseHeaders(code, -1);
    };
  }

  /** "302 Found", at this address. */
  public static Answer redirect(String to) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", to);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** The bytes with "200 OK", in chunks: without a length. */
  public static Answer chunked(byte[] bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** "200 OK" and a length, and nothing behind it. */
  public static Answer promise(long bytes) {
    return exchange -> exchange.sendResponseHeaders(200, bytes);
  }

  /** The beginning of a body that is said to be so long, then the connection ends. */
  public static Answer promise(long bytes, byte[] beginning) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes);
      exchange.getResponseBody().write(beginning);
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** The connection is closed without a word. */
  public static Answer hangUp() {
    return HttpExchange::close;
  }

  /** "200 OK" and the first half of the promised body, then nothing more. */
  public static Answer half() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 2000);
      exchange.getResponseBody().write(new byte[1000]);
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** No answer, until the server is closed. */
  public Answer silence() {
    return exchange -> {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /**
   * "200 OK" and the first megabytes of a body that does not go on until the server is closed.
   *
   * @param begun is told when they are on their way
   */
  public Answer stall(Runnable begun) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 100_000_000);
      exchange.getResponseBody().write(new byte[2_000_000]);
      exchange.getResponseBody().flush();
      begun.run();
      silence().give(exchange);
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answerFor(exchange.getRequestMethod(), exchange.getRequestURI().toString()).give(exchange);
    }
  }

  private synchronized Answer answerFor(String method, String path) {
    requests.add(method + " " + path);
    Deque<Answer> script = answers.get(path);
    if (script == null) {
      return others.entrySet().stream()
          .filter(other -> path.startsWith(other.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(status(404));
    }
    return script.size() > 1 ? script.removeFirst() : script.getFirst();
  }

  /** The requests so far, as {@code GET /path}. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** The URL under which a guest reaches the path. */
  public String url(String path) {
    return scheme + "://10.0.2.2:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
