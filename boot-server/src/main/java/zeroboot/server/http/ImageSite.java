package zeroboot.server.http;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import zeroboot.server.files.SharedImages;
import zeroboot.server.nodes.ImageListener;
import zeroboot.server.nodes.Report;

/**
 * Images for virtual drives, {@code /iso/NAME}, and what their nodes report, {@code
 * /report/NODE/WORD}. Controllers ask for the size, then for ranges, hundreds of them; none follows
 * a redirection.
 */
public final class ImageSite extends Handler.Abstract.NonBlocking {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int UNSATISFIABLE = 416;

  private final SharedImages images;
  private final ImageListener listener;

  /** The site of these images. */
  public ImageSite(SharedImages images, ImageListener listener) {
    this.images = images;
    this.listener = listener;
  }

  @Override
  public boolean handle(Request request, Response response, Callback done) {
    String path = Request.getPathInContext(request).replaceAll("/{2,}", "/");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    boolean reads = HttpMethod.GET.is(request.getMethod()) || Answers.isHead(request);
    if (path.startsWith(ImageListener.REPORT)) {
      report(path.substring(ImageListener.REPORT.length()), request, response, done);
    } else if (!reads) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Answers.text(request, response, done, 405, Answers.TEXT, "this server gives files only\n");
    } else {
      Optional<SharedImages.Image> image =
          path.startsWith(SharedImages.FOLDER)
              ? images.get(path.substring(SharedImages.FOLDER.length()))
              : Optional.empty();
      if (image.isPresent()) {
        give(path.substring(SharedImages.FOLDER.length()), image.get(), request, response, done);
      } else {
        Answers.text(request, response, done, 404, Answers.TEXT, "there is no such file\n");
      }
    }
    return true;
  }

  private void report(String path, Request request, Response response, Callback done) {
    Map<String, String> fields = new HashMap<>();
    try {
      Fields query = Request.extractQueryParameters(request);
      query.forEach(field -> fields.put(field.getName(), field.getValue()));
    } catch (RuntimeException e) {
      fields.clear(); // percent signs without digits
    }
    Optional<Report> report = Report.of(fields);
    report.ifPresent(told -> listener.reported(path, Request.getRemoteAddr(request), told));
    Answers.text(request, response, done, report.isPresent() ? OK : 400, Answers.TEXT, "ok\n");
  }

  private void give(
      String name, SharedImages.Image image, Request request, Response response, Callback done) {
    // The name has the hash of the content in it.
    String tag = "\"" + name + "\"";
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answers.BINARY);
    response.getHeaders().put(HttpHeader.ETAG, tag);
    response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
    Optional<ByteRange> asked = range(request, image.size(), tag);
    if (asked.isPresent() && !asked.get().isSatisfiable()) {
      response.setStatus(UNSATISFIABLE);
      response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + image.size());
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
      response.write(true, null, done);
      return;
    }
    ByteRange part = asked.orElse(new ByteRange(0, image.size() - 1L));
    response.setStatus(asked.isPresent() ? PARTIAL : OK);
    if (asked.isPresent()) {
      response
          .getHeaders()
          .put(
              HttpHeader.CONTENT_RANGE,
              "bytes " + part.first() + "-" + part.last() + "/" + image.size());
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, part.length());
    boolean head = Answers.isHead(request);
    listener.gave(name, Request.getRemoteAddr(request), head ? 0 : part.length());
    ByteBuffer bytes = head ? null : image.range((int) part.first(), (int) part.length());
    response.write(true, bytes, done);
  }

  /** Some controllers send a range with HEAD, and expect 206 of it. */
  private static Optional<ByteRange> range(Request request, long size, String tag) {
    String header = request.getHeaders().get(HttpHeader.RANGE);
    String only = request.getHeaders().get(HttpHeader.IF_RANGE);
    return header == null || (only != null && !only.equals(tag))
        ? Optional.empty()
        : ByteRange.parse(header, size);
  }
}
