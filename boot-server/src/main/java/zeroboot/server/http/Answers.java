package zeroboot.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import zeroboot.server.files.BootFile;

/** Ways to answer a request from memory (RFC 9110). */
public final class Answers {
  public static final String BINARY = "application/octet-stream";
  static final String JSON = "application/json";
  public static final String TEXT = "text/plain;charset=utf-8";

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;
  private static final int UNSATISFIABLE = 416;

  private Answers() {}

  /** Whether the head alone is asked for. */
  public static boolean isHead(Request request) {
    return HttpMethod.HEAD.is(request.getMethod());
  }

  /** The same, and a task when all was sent: not when the node broke off. */
  static Callback whenSent(Callback done, Runnable task) {
    return new Callback.Nested(done) {
      @Override
      public void succeeded() {
        super.succeeded();
        task.run();
      }
    };
  }

  /** A short text with its status, not to be kept. */
  public static void text(
      Request request, Response response, Callback done, int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    whole(request, response, done, ByteBuffer.wrap(bytes));
  }

  private static void whole(Request request, Response response, Callback done, ByteBuffer bytes) {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.remaining());
    if (isHead(request)) {
      response.write(true, null, done);
    } else {
      SlicedWrite.write(response, bytes, done);
    }
  }

  /** A file: the whole, or the one range that is asked for. Its tag is strong. */
  static void file(Request request, Response response, Callback done, BootFile file, String type) {
    String tag = "\"" + file.sha256().substring(0, 16) + "\"";
    content(request, response, done, new Content(file.shared(), tag, type, "no-cache"));
  }

  /**
   * What a file's answer is made of.
   *
   * @param bytes of the whole file, from position 0; not changed
   * @param tag strong, in its quotes
   * @param type of its media
   * @param caching what caches may do with it
   */
  public record Content(ByteBuffer bytes, String tag, String type, String caching) {}

  /** {@link #file} for what is not a node's. */
  public static void content(Request request, Response response, Callback done, Content content) {
    String tag = content.tag();
    int size = content.bytes().remaining();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, content.type());
    response.getHeaders().put(HttpHeader.ETAG, tag);
    response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, content.caching());
    if (matches(request.getHeaders().get(HttpHeader.IF_NONE_MATCH), tag)) {
      response.setStatus(NOT_MODIFIED);
      response.write(true, null, done);
      return;
    }
    Optional<ByteRange> range = range(request, size, tag);
    if (range.isEmpty()) {
      response.setStatus(OK);
      whole(request, response, done, content.bytes().slice());
      return;
    }
    ByteRange part = range.get();
    if (!part.isSatisfiable()) {
      response.setStatus(UNSATISFIABLE);
      response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
      response.write(true, null, done);
      return;
    }
    response.setStatus(PARTIAL);
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_RANGE, "bytes " + part.first() + "-" + part.last() + "/" + size);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, part.length());
    SlicedWrite.write(
        response, content.bytes().slice((int) part.first(), (int) part.length()), done);
  }

  /** The range, if it is of this very file and asked for by GET (sections 13.1.5 and 14.2). */
  static Optional<ByteRange> range(Request request, long size, String tag) {
    HttpField header = request.getHeaders().getField(HttpHeader.RANGE);
    String only = request.getHeaders().get(HttpHeader.IF_RANGE);
    if (header == null || isHead(request) || (only != null && !only.equals(tag))) {
      return Optional.empty();
    }
    return ByteRange.parse(header.getValue(), size);
  }

  private static boolean matches(String header, String tag) {
    if (header == null) {
      return false;
    }
    for (String each : header.split(",", -1)) {
      String plain = each.strip();
      if (plain.equals("*") || plain.equals(tag) || plain.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
