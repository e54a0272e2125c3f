package zeroboot.server.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import zeroboot.ground.Sha256;
import zeroboot.server.http.Answers;

/** Every address of the public service. */
final class Addresses {
  private static final String HTML = "text/html;charset=utf-8";

  private static final int MOST_PARTS = 5;

  /** What is no kind of image. */
  private static final Set<String> SINGLE =
      Set.of("", "health", "ready", "metrics", "generate", "expert", "service.css");

  private static final byte[] STYLE =
      Texts.resource("service.css").getBytes(StandardCharsets.UTF_8);
  private static final String STYLE_TAG = "\"" + Sha256.hex(STYLE).substring(0, 16) + "\"";

  private final Texts texts;
  private final Visitors visitors;
  private final Downloads downloads;
  private final KernelPages kernels;
  private final ProvisionPages provision;
  private final Api api;
  private final Page page;

  Addresses(Texts texts, Images images, Visitors visitors, ServiceParts parts) {
    this.texts = texts;
    this.kernels = new KernelPages(texts, parts.kernels());
    this.provision = new ProvisionPages(texts, parts.nodes(), images.core(), visitors);
    this.visitors = visitors;
    this.downloads = new Downloads(texts, images);
    this.api = new Api(texts, downloads, visitors, kernels);
    this.page = new Page(texts, images);
  }

  /** Whether a request only reads. */
  static boolean reads(Request request) {
    return HttpMethod.GET.is(request.getMethod()) || Answers.isHead(request);
  }

  /** Whether a request's content is to be read. */
  boolean takes(List<String> parts, Replies reply) {
    return kernels.isPublishing(parts, reply);
  }

  /** Whether the first word of a path is one of ours. */
  boolean knows(String first) {
    return MediaKind.of(first).isPresent()
        || texts.has("gone." + first)
        || texts.has("elsewhere." + first)
        || SINGLE.contains(first);
  }

  /**
   * Answers.
   *
   * @throws zeroboot.ground.ZbootException if what is asked for is not acceptable
   */
  void answer(List<String> parts, Replies reply) {
    if (kernels.isPublishing(parts, reply)) {
      kernels.publish(parts, visitors.client(reply.request()), reply);
      return;
    }
    if (!reads(reply.request())) {
      reply.response().getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      reply.text(405, texts.get("error.405"));
      return;
    }
    if (parts.isEmpty()) {
      reply.text(400, texts.get("error.400"));
      return;
    }
    String first = parts.get(0);
    Optional<MediaKind> kind = MediaKind.of(first);
    if (kind.isPresent()) {
      image(kind.get(), parts, reply);
    } else if (first.equals("kernel") && kernels.isThere()) {
      kernels.answer(parts, reply);
    } else if (first.equals("provision") && provision.isThere()) {
      provision.answer(parts, reply);
    } else if (Replies.isApi(parts)) {
      api.answer(parts, reply);
    } else if (texts.has("gone." + first)) {
      reply.text(410, texts.get("gone." + first));
    } else if (texts.has("elsewhere." + first)) {
      reply.text(404, texts.get("elsewhere." + first));
    } else if (parts.size() > 1) {
      reply.text(404, texts.get("error.404"));
    } else {
      single(first, reply);
    }
  }

  private void single(String name, Replies reply) {
    switch (name) {
      case "" -> {
        Page.Shown shown = page.show(asked(reply.query()), visitors.base(reply.request()));
        reply.text(shown.status(), HTML, shown.html());
      }
      case "generate", "expert" -> {
        reply.response().getHeaders().put(HttpHeader.LOCATION, "/");
        reply.text(301, texts.get("moved"));
      }
      case "service.css" ->
          reply.content(
              new Answers.Content(
                  ByteBuffer.wrap(STYLE), STYLE_TAG, "text/css;charset=utf-8", Downloads.FOR_NOW));
      default -> reply.text(404, texts.get("error.404"));
    }
  }

  private void image(MediaKind kind, List<String> parts, Replies reply) {
    if (parts.size() == 1 || parts.size() > MOST_PARTS) {
      reply.text(400, texts.get("error.parts"));
      return;
    }
    Wanted wanted = ImageAddress.parse(kind, parts).wanted();
    String what = reply.query().getValue("get");
    downloads.give(wanted, what == null ? Downloads.IMAGE : what, reply);
  }

  private static Optional<Page.Asked> asked(Fields fields) {
    if (fields.getValue("farm") == null) {
      return Optional.empty();
    }
    Page.Asked nothing = Page.Asked.NOTHING;
    return Optional.of(
        new Page.Asked(
            field(fields, "farm", ""),
            field(fields, "network", nothing.network()),
            field(fields, "form", nothing.kind()),
            field(fields, "words", ""),
            PageSettings.filled(fields)));
  }

  private static String field(Fields fields, String name, String otherwise) {
    String value = fields.getValue(name);
    return value == null ? otherwise : value;
  }
}
