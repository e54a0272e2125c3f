package zeroboot.testing.bmc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A controller that answers what no honest one does. */
public final class LyingController implements AutoCloseable {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  /**
   * An answer.
   *
   * @param isWhole whether it comes to its end; else all but the last byte of it does, and nothing
   *     after that
   */
  public record Reply(int status, Map<String, String> headers, String body, boolean isWhole) {
    /** A whole one. */
    public static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body, true);
    }
  }

  /** What it says. */
  public interface Lies {
    /**
     * Its answer.
     *
     * @param call method and path
     * @param proof the header by which who asks is let in; empty if there is none
     */
    Reply answer(String call, String proof);
  }

  private LyingController(HttpsServer server) {
    this.server = server;
  }

  /** Starts one, with the certificate that all controllers of tests share. */
  public static LyingController start(Lies lies) {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpsServer server = HttpsServer.create(any, 0);
      server.setHttpsConfigurator(new HttpsConfigurator(SimCertificate.shared().context()));
      LyingController controller = new LyingController(server);
      server.setExecutor(controller.threads);
      server.createContext("/", exchange -> controller.answer(exchange, lies));
      server.start();
      return controller;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange, Lies lies) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    calls.add(call);
    String token = exchange.getRequestHeaders().getFirst("X-Auth-Token");
    String basic = exchange.getRequestHeaders().getFirst("Authorization");
    Reply reply = lies.answer(call, token != null ? token : basic != null ? basic : "");
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (!reply.isWhole()) {
      exchange.getResponseBody().write(body, 0, body.length - 1);
      exchange.getResponseBody().flush();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** Where it is. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** What it was asked. */
  public List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
