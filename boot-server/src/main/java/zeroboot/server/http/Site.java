package zeroboot.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import zeroboot.ground.ZbootException;
import zeroboot.server.files.BootFile;
import zeroboot.server.files.BootFiles;
import zeroboot.server.files.FileName;
import zeroboot.server.mirror.KernelCopy;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.net.LocalInterface;
import zeroboot.server.nodes.Node;
import zeroboot.server.nodes.NodeJson;
import zeroboot.server.nodes.Report;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;

/** Every path that is served. */
public final class Site extends Handler.Abstract.NonBlocking {
  /** The page may load its own files and talk to this server, and nothing else. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Nodes that fetch kernels at once: each takes memory of its own. */
  private static final int MOST_READERS = 1024;

  private static final int LATER_SECONDS = 2;

  private static final Map<String, String> PAGE =
      Map.of(
          "/", "text/html;charset=utf-8",
          "/page.css", "text/css;charset=utf-8",
          "/page.js", "text/javascript;charset=utf-8");

  private final BootFiles files;
  private final SiteListener listener;
  private final Supplier<List<Node>> nodes;
  private final Supplier<List<String>> warnings;
  private final Optional<KernelMirror> mirror;
  private final EventStreams streams;
  private final AtomicInteger readers = new AtomicInteger();
  private final Map<String, BootFile> page = new HashMap<>();

  /**
   * The site.
   *
   * @param nodes all that are known
   * @param warnings that concern none of them
   * @param mirror of kernels, if there is one
   */
  public Site(
      BootFiles files,
      SiteListener listener,
      Supplier<List<Node>> nodes,
      Supplier<List<String>> warnings,
      Optional<KernelMirror> mirror) {
    this.files = files;
    this.listener = listener;
    this.nodes = nodes;
    this.warnings = warnings;
    this.mirror = mirror;
    streams = new EventStreams(nodes);
    PAGE.keySet().forEach(path -> page.put(path, resource(path)));
  }

  private static BootFile resource(String path) {
    String name = path.equals("/") ? "page.html" : path.substring(1);
    try (InputStream in = Site.class.getResourceAsStream("/zeroboot/server/http/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return BootFile.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback done) {
    String path = Request.getPathInContext(request).replaceAll("/{2,}", "/");
    boolean reads = HttpMethod.GET.is(request.getMethod()) || Answers.isHead(request);
    if (!reads && !path.equals("/report")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Answers.text(request, response, done, 405, Answers.TEXT, "this server gives files only\n");
      return true;
    }
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    closeBehind(request, response);
    BootFile part = page.get(path);
    if (part != null) {
      response.getHeaders().put("Content-Security-Policy", POLICY);
      response.getHeaders().put("Referrer-Policy", "no-referrer");
      Answers.file(request, response, done, part, String.valueOf(PAGE.get(path)));
      return true;
    }
    switch (path) {
      case "/health" -> Answers.text(request, response, done, 200, Answers.TEXT, "ok\n");
      case "/api/nodes" ->
          Answers.text(
              request,
              response,
              done,
              200,
              Answers.JSON,
              NodeJson.table(nodes.get(), files.listed(), warnings.get()) + "\n");
      case "/api/events" -> {
        if (!streams.open(request, response, done)) {
          Answers.text(request, response, done, 503, Answers.TEXT, "too many pages are open\n");
        }
      }
      case "/report" -> report(request, response, done);
      default -> {
        if (!kernel(path, request, response, done)) {
          bootFile(path, request, response, done);
        }
      }
    }
    return true;
  }

  /**
   * An iPXE keeps a connection for its next file. In BIOS mode it starts a kernel with its card
   * closed, and waits for a second then for connections to end, which they cannot any more. Without
   * TLS a new one costs nothing.
   */
  private static void closeBehind(Request request, Response response) {
    String agent = request.getHeaders().get(HttpHeader.USER_AGENT);
    if (!request.isSecure() && agent != null && agent.startsWith("iPXE/")) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
  }

  private void report(Request request, Response response, Callback done) {
    Map<String, String> fields = new HashMap<>();
    query(request).forEach(field -> fields.put(field.getName(), field.getValue()));
    Optional<Report> report = Report.of(fields);
    report.ifPresent(told -> listener.reported(told, Request.getRemoteAddr(request)));
    // An iPXE that fetches this gets a file of one line; whatever is wrong must not stop it.
    Answers.text(request, response, done, report.isPresent() ? 200 : 400, Answers.TEXT, "ok\n");
  }

  private static Fields query(Request request) {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      return Fields.EMPTY; // percent signs without digits
    }
  }

  private boolean kernel(String path, Request request, Response response, Callback done) {
    Optional<CompletableFuture<KernelCopy>> asked = mirror.flatMap(all -> all.ask(path));
    if (asked.isEmpty()) {
      return false;
    }
    if (readers.incrementAndGet() > MOST_READERS) {
      readers.decrementAndGet();
      response.getHeaders().put(HttpHeader.RETRY_AFTER, LATER_SECONDS); // iPXE waits so long
      Answers.text(request, response, done, 503, Answers.TEXT, "too many nodes at once\n");
      var unused = asked.get().thenAccept(KernelCopy::close);
      return true;
    }
    Callback counted = Callback.from(done, readers::decrementAndGet);
    Optional<MacAddress> node = listener.shownAt(Request.getRemoteAddr(request));
    String name = path.substring(path.lastIndexOf('/') + 1);
    // The kernel's server may take its time, and what comes of it is not for the thread that
    // fetches.
    var unused =
        asked
            .get()
            .whenCompleteAsync(
                (copy, failure) -> {
                  if (copy == null) {
                    String why = why(failure);
                    node.ifPresent(
                        mac -> listener.kernel(mac, name, false, Optional.of("no kernel: " + why)));
                    Answers.text(request, response, counted, 502, Answers.TEXT, why + "\n");
                    return;
                  }
                  node.ifPresent(mac -> listener.kernel(mac, name, false, copy.note()));
                  Callback whole =
                      Answers.isHead(request)
                          ? counted
                          : Answers.whenSent(
                              counted,
                              () ->
                                  node.ifPresent(
                                      mac -> listener.kernel(mac, name, true, copy.note())));
                  KernelAnswer.give(
                      request, response, whole, copy, () -> node.ifPresent(listener::goesOn));
                },
                request.getComponents().getExecutor());
    return true;
  }

  private static String why(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage());
  }

  private void bootFile(String path, Request request, Response response, Callback done) {
    Optional<FileName> name = FileName.parse(path).filter(known -> files.has(known.kind()));
    if (name.isEmpty()) {
      Answers.text(request, response, done, 404, Answers.TEXT, "there is no such file\n");
      return;
    }
    String address = Request.getRemoteAddr(request);
    Optional<MacAddress> node =
        name.get().node().or(() -> asked(request)).or(() -> listener.at(address));
    BootFile file = files.file(name.get().kind(), node, server(request));
    String shown = name.get().kind().fileName();
    if (node.isEmpty() || name.get().kind() == BootFiles.Kind.SCRIPT) {
      send(request, response, done, file);
    } else if (Answers.isHead(request)) {
      listener.sized(node.get(), shown);
      send(request, response, done, file);
    } else {
      listener.fetches(node.get(), shown, address);
      Callback sent = Answers.whenSent(done, () -> listener.fetched(node.get(), shown));
      send(request, response, sent, file);
    }
  }

  private static void send(Request request, Response response, Callback done, BootFile file) {
    Answers.file(request, response, done, file, Answers.BINARY);
  }

  private static Optional<MacAddress> asked(Request request) {
    String mac = query(request).getValue("mac");
    try {
      return mac == null ? Optional.empty() : Optional.of(MacAddress.parse(mac));
    } catch (ZbootException e) {
      return Optional.empty();
    }
  }

  /** The address that the node reached. */
  private static Ipv4Address server(Request request) {
    SocketAddress local = request.getConnectionMetaData().getLocalSocketAddress();
    return local instanceof InetSocketAddress inet
            && inet.getAddress() instanceof Inet4Address address
        ? LocalInterface.of(address)
        : new Ipv4Address(0x7F000001);
  }

  /** A node changed: pages that are open hear of it. */
  public void changed(MacAddress node) {
    streams.changed(node);
  }

  /** To be called twice a second or so. */
  public void tick() {
    streams.tick();
  }

  /** Ends what would go on for ever. */
  public void closeStreams() {
    streams.close();
  }
}
