package zeroboot.reach;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a web server answers to the request that iPXE sends (RFC 9112).
 *
 * @param status {@code 200}
 * @param reason what the server says to it
 * @param headers by name in lower case, the last of each
 * @param body as much of it as was asked for
 * @param isCut whether the connection ended before the body did
 */
record HttpAnswer(
    int status, String reason, Map<String, String> headers, byte[] body, boolean isCut) {
  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])(?: (.*))?");
  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_LINES = 200;

  /** Not what a body of an unknown length is read to. */
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");

  /**
   * Asks for a file.
   *
   * @param most bytes of its body that are read
   */
  static HttpAnswer ask(InputStream in, OutputStream out, URI uri, String version, int most)
      throws IOException {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String request =
        "GET "
            + path
            + query
            + " HTTP/1.1\r\nConnection: keep-alive\r\nUser-Agent: iPXE/"
            + version
            + "\r\nHost: "
            + uri.getRawAuthority()
            + "\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return read(in, most);
  }

  private static HttpAnswer read(InputStream in, int most) throws IOException {
    String first = line(in);
    Matcher status = STATUS.matcher(first);
    if (!status.matches()) {
      throw new IOException("the answer is not HTTP");
    }
    Map<String, String> headers = new TreeMap<>();
    String line = line(in);
    for (int i = 0; !line.isEmpty(); i++) {
      if (i == MOST_LINES) {
        throw new IOException("the answer has headers without end");
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
      line = line(in);
    }
    HttpAnswer head =
        new HttpAnswer(
            Integer.parseInt(status.group(1)),
            Optional.ofNullable(status.group(2)).orElse(""),
            headers,
            new byte[0],
            false);
    return head.isOk() ? head.withBody(in, most) : head;
  }

  private HttpAnswer withBody(InputStream in, int most) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    boolean cut = false;
    if (isChunked()) {
      cut = !chunks(in, read, most);
    } else {
      long wanted = Math.min(most, length().orElse(most));
      copy(in, read, (int) wanted);
      cut = length().isPresent() && read.size() < wanted;
    }
    return new HttpAnswer(status, reason, headers, read.toByteArray(), cut);
  }

  /** Reads chunks (RFC 9112 section 7.1) until there are enough; whether none is missing. */
  private static boolean chunks(InputStream in, ByteArrayOutputStream read, int most)
      throws IOException {
    while (read.size() < most) {
      String size = line(in).split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,8}")) {
        throw new IOException("the answer has a chunk without a length");
      }
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        return true;
      }
      int wanted = (int) Math.min(length, most - read.size());
      int before = read.size();
      copy(in, read, wanted);
      if (read.size() - before < wanted) {
        return false;
      }
      if (wanted == length && !line(in).isEmpty()) {
        throw new IOException("the answer has a chunk of another length than it says");
      }
    }
    return true;
  }

  private static void copy(InputStream in, ByteArrayOutputStream to, int most) throws IOException {
    byte[] part = new byte[32 << 10];
    int left = most;
    while (left > 0) {
      int count = in.read(part, 0, Math.min(left, part.length));
      if (count < 0) {
        return;
      }
      to.write(part, 0, count);
      left -= count;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("the server hung up before its answer was whole");
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("the answer has a line without end");
      }
      line.append((char) c);
      c = in.read();
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  boolean isOk() {
    return status / 100 == 2;
  }

  boolean isChunked() {
    return headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
  }

  /** Bytes of the whole file, if the server says it. */
  OptionalLong length() {
    String text = headers.getOrDefault("content-length", "");
    return LENGTH.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  Optional<String> location() {
    return isOk() ? Optional.empty() : Optional.ofNullable(headers.get("location"));
  }

  /**
   * Status and size.
   *
   * @param largest what a node has room for, in bytes
   */
  List<Found> found(int largest) {
    String shown = status + (reason.isEmpty() ? "" : " " + reason);
    if (!isOk()) {
      String again =
          headers.containsKey("retry-after") ? "; the server says when to ask again" : "";
      return List.of(Found.failed("answer", shown + again));
    }
    List<Found> found = new ArrayList<>();
    String type = headers.getOrDefault("content-type", "");
    found.add(
        Found.ok(
            "answer",
            shown
                + (length().isPresent()
                    ? String.format(Locale.ROOT, ", %,d bytes", length().getAsLong())
                    : "")
                + (type.isEmpty() ? "" : ", " + type)));
    if (length().isEmpty()) {
      found.add(
          Found.note(
              "answer",
              "the server tells no length: a node shows no progress, and takes a"
                  + " file that was cut off for a whole one"));
    }
    if (length().orElse(0) > largest) {
      found.add(
          Found.failed(
              "answer",
              String.format(
                  Locale.ROOT,
                  "more than %,d bytes: no kernel is so large, and a node has no room for it",
                  largest)));
    }
    if (isCut) {
      found.add(Found.failed("answer", "the connection ended before the file did"));
    }
    return found;
  }
}
