package zeroboot.server.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.server.http.Answers;
import zeroboot.spec.Rack;

/** Every address of the public service. */
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
          "DENY");

  private static final String HTML = "text/html;charset=utf-8";

  /** An address that names its version never means another file. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** Of all others, in seconds: a newer zboot makes another file of them. */
  private static final String FOR_NOW = "public, max-age=300";

  private static final int MOST_PARTS = 5;
  private static final byte[] STYLE =
      Texts.resource("service.css").getBytes(StandardCharsets.UTF_8);
  private static final String STYLE_TAG = "\"" + Sha256.hex(STYLE).substring(0, 16) + "\"";

  private final Texts texts = new Texts();
  private final Images images;
  private final Page page;
  private final Optional<String> base;
  private final Consumer<String> log;

  /**
   * The site.
   *
   * @param base under which visitors reach it; empty for what they ask for
   * @param log hears a line for each request; must not wait
   */
  PublicSite(Images images, Optional<String> base, Consumer<String> log) {
    this.images = images;
    this.page = new Page(texts, images);
    this.base = base;
    this.log = log;
  }

  @Override
  public boolean handle(Request request, Response response, Callback done) {
    SECURITY.forEach(response.getHeaders()::put);
    String path = String.valueOf(request.getHttpURI().getPath());
    List<String> parts = PathParts.of(path).orElse(List.of());
    Callback told = told(request, response, done, parts);
    try {
      answer(parts, request, response, told);
    } catch (ZbootException e) {
      text(request, response, told, 400, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.accept("a bug in zboot: " + e);
      text(request, response, told, 500, texts.get("error.bug"));
    }
    return true;
  }

  /** What Jetty refuses itself. */
  boolean refuse(Request request, Response response, Callback done) {
    SECURITY.forEach(response.getHeaders()::put);
    int status = response.getStatus();
    String key = "error." + status;
    log.accept("(unreadable) " + status);
    text(request, response, done, status, texts.get(texts.has(key) ? key : "error.other"));
    return true;
  }

  private void answer(List<String> parts, Request request, Response response, Callback done) {
    if (!HttpMethod.GET.is(request.getMethod()) && !Answers.isHead(request)) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      text(request, response, done, 405, texts.get("error.405"));
      return;
    }
    if (parts.isEmpty()) {
      text(request, response, done, 400, texts.get("error.400"));
      return;
    }
    String first = parts.get(0);
    Optional<MediaKind> kind = MediaKind.of(first);
    if (kind.isPresent()) {
      image(kind.get(), parts, request, response, done);
    } else if (texts.has("gone." + first)) {
      text(request, response, done, 410, texts.get("gone." + first));
    } else if (texts.has("elsewhere." + first)) {
      text(request, response, done, 404, texts.get("elsewhere." + first));
    } else if (parts.size() > 1) {
      text(request, response, done, 404, texts.get("error.404"));
    } else {
      single(first, request, response, done);
    }
  }

  private void single(String name, Request request, Response response, Callback done) {
    switch (name) {
      case "" -> {
        Page.Shown shown = page.show(asked(request), base.orElseGet(() -> base(request)));
        Answers.text(request, response, done, shown.status(), HTML, shown.html());
      }
      case "generate", "expert" -> {
        response.getHeaders().put(HttpHeader.LOCATION, "/");
        text(request, response, done, 301, texts.get("moved"));
      }
      case "service.css" ->
          Answers.content(
              request,
              response,
              done,
              new Answers.Content(
                  ByteBuffer.wrap(STYLE), STYLE_TAG, "text/css;charset=utf-8", FOR_NOW));
      case "health" -> text(request, response, done, 200, "ok");
      default -> text(request, response, done, 404, texts.get("error.404"));
    }
  }

  private void image(
      MediaKind kind, List<String> parts, Request request, Response response, Callback done) {
    if (parts.size() == 1 || parts.size() > MOST_PARTS) {
      text(request, response, done, 400, texts.get("error.parts"));
      return;
    }
    ImageAddress address = ImageAddress.parse(kind, parts);
    Image image = images.get(address);
    if (!images.leaves(image)) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, 5);
      text(request, response, done, 503, texts.get("error.busy"));
      return;
    }
    Callback back =
        Callback.from(
            () -> {
              images.arrived(image);
              done.succeeded();
            },
            why -> {
              images.arrived(image);
              done.failed(why);
            });
    Rack rack = address.rack();
    boolean isScript = kind.form().isEmpty();
    response
        .getHeaders()
        .put(
            "Content-Disposition",
            (isScript ? "inline" : "attachment") + "; filename=\"" + kind.fileName(rack) + "\"");
    boolean isNamed = image.tag().equals("\"" + query(request).getValue("v") + "\"");
    Answers.content(
        request,
        response,
        back,
        new Answers.Content(
            ByteBuffer.wrap(image.bytes()),
            image.tag(),
            isScript ? Answers.TEXT : Answers.BINARY,
            isNamed ? FOR_EVER : FOR_NOW));
  }

  private static Optional<Page.Asked> asked(Request request) {
    Fields fields = query(request);
    if (fields.getValue("farm") == null) {
      return Optional.empty();
    }
    Page.Asked nothing = Page.Asked.NOTHING;
    return Optional.of(
        new Page.Asked(
            field(fields, "farm", ""),
            field(fields, "network", nothing.network()),
            field(fields, "form", nothing.kind()),
            field(fields, "words", "")));
  }

  private static String field(Fields fields, String name, String otherwise) {
    String value = fields.getValue(name);
    return value == null ? otherwise : value;
  }

  private static Fields query(Request request) {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      return Fields.EMPTY; // percent signs without digits
    }
  }

  private static String base(Request request) {
    int port = Request.getServerPort(request);
    String scheme = String.valueOf(request.getHttpURI().getScheme());
    boolean isUsual = port <= 0 || port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + Request.getServerName(request) + (isUsual ? "" : ":" + port);
  }

  private static void text(
      Request request, Response response, Callback done, int status, String text) {
    Answers.text(request, response, done, status, Answers.TEXT, text + "\n");
  }

  /** Who it is for, and what its node is told, are nobody's business. */
  private Callback told(Request request, Response response, Callback done, List<String> parts) {
    long start = System.nanoTime();
    String what = (Answers.isHead(request) ? "HEAD " : "GET ") + shown(parts);
    return Callback.from(
        () -> {
          tell(what, response, start, "");
          done.succeeded();
        },
        why -> {
          tell(what, response, start, ", broken off");
          done.failed(why);
        });
  }

  private void tell(String what, Response response, long start, String end) {
    log.accept(
        what
            + " "
            + response.getStatus()
            + ", "
            + Response.getContentBytesWritten(response)
            + " bytes, "
            + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
            + " ms"
            + end);
  }

  private String shown(List<String> parts) {
    String first = parts.isEmpty() ? "?" : parts.get(0);
    boolean isKnown =
        MediaKind.of(first).isPresent()
            || texts.has("gone." + first)
            || texts.has("elsewhere." + first)
            || List.of("", "health", "generate", "expert", "service.css").contains(first);
    return "/" + (isKnown ? first : "(other)") + (isKnown && parts.size() > 1 ? "/..." : "");
  }
}
