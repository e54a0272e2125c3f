package zeroboot.server.service;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import zeroboot.ground.Warning;
import zeroboot.ground.ZbootException;
import zeroboot.server.http.Answers;

/** The gate of the public service: who may ask how often and how much, and what is told of it. */
final class PublicSite extends Handler.Abstract {
  /** The page may load its own style and ask this server, and nothing else. */
  private static final Map<String, String> SECURITY =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
              + " frame-ancestors 'none'",
          "Referrer-Policy",
          "no-referrer",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()");

  private static final String ONLY_HTTPS = "max-age=31536000";

  /** Requests at once: management controllers read an image in hundreds of pieces. */
  private static final int BURST_SECONDS = 10;

  private final Texts texts = new Texts();
  private final Metrics metrics = new Metrics();
  private final Map<String, LongSupplier> gauges = new ConcurrentSkipListMap<>();
  private final Visitors visitors;
  private final RateLimit limit;
  private final Addresses addresses;
  private final AccessLog told;
  private final Consumer<String> log;
  private final boolean isOnlyHttps;
  private volatile boolean isEnding;

  /**
   * The site.
   *
   * @param log hears a line for each request; must not wait
   */
  PublicSite(
      ServiceOptions options,
      Visitors visitors,
      Images images,
      ServiceParts parts,
      Consumer<String> log) {
    this.visitors = visitors;
    this.log = log;
    limit =
        new RateLimit(
            options.rate(), (int) Math.ceil(options.rate() * BURST_SECONDS), System::nanoTime);
    addresses = new Addresses(texts, images, visitors, parts);
    images.tells(metrics::made);
    told = new AccessLog(log, metrics, addresses::knows, options.logsVisitors());
    isOnlyHttps = options.plain().isEmpty();
    counts("images_kept_bytes", images::bytesKept);
    counts("images_under_way_bytes", images::bytesUnderWay);
  }

  /** A further value that goes up and down. */
  void counts(String name, LongSupplier value) {
    gauges.put(name, value);
  }

  /** Says that it is not ready from now on. */
  void end() {
    isEnding = true;
  }

  private void guard(Response response) {
    SECURITY.forEach(response.getHeaders()::put);
    if (isOnlyHttps) {
      response.getHeaders().put(HttpHeader.STRICT_TRANSPORT_SECURITY, ONLY_HTTPS);
    }
    if (isEnding) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback done) {
    guard(response);
    String path = String.valueOf(request.getHttpURI().getPath());
    List<String> parts = PathParts.of(path).orElse(List.of());
    InetAddress client = visitors.client(request);
    Replies reply =
        new Replies(request, response, told.told(request, response, done, parts, client));
    try {
      answer(parts, client, reply);
    } catch (ZbootException e) {
      reply.text(400, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.accept(Warning.of("a bug in zboot: " + e));
      reply.text(500, texts.get("error.bug"));
    }
    return true;
  }

  private void answer(List<String> parts, InetAddress client, Replies reply) {
    if (parts.size() == 1 && watched(parts.get(0), reply)) {
      return;
    }
    int wait = limit.secondsToWait(client);
    if (wait > 0) {
      reply.response().getHeaders().put(HttpHeader.RETRY_AFTER, wait);
      reply.text(429, texts.get("error.429"));
      return;
    }
    if (hasBody(reply.request()) && !addresses.takes(parts, reply)) {
      reply.response().getHeaders().put(HttpHeader.CONNECTION, "close");
      reply.text(413, texts.get("error.413"));
      return;
    }
    addresses.answer(parts, reply);
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** What those ask who watch over the service, often and at any time. */
  private boolean watched(String name, Replies reply) {
    if (!Addresses.reads(reply.request())) {
      return false;
    }
    switch (name) {
      case "health" -> reply.text(200, "ok");
      case "ready" -> reply.text(isEnding ? 503 : 200, isEnding ? texts.get("ending") : "ok");
      case "metrics" -> reply.text(200, Metrics.TYPE, metrics.text(gauges));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What Jetty refuses itself. */
  boolean refuse(Request request, Response response, Callback done) {
    guard(response);
    int status = response.getStatus();
    String key = "error." + status;
    log.accept("(unreadable) " + status);
    Answers.text(
        request,
        response,
        done,
        status,
        Answers.TEXT,
        texts.get(texts.has(key) ? key : "error.other") + "\n");
    return true;
  }
}
