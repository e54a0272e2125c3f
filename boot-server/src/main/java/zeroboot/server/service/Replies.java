package zeroboot.server.service;

import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import zeroboot.server.http.Answers;

/** A request on its way to its answer. */
record Replies(Request request, Response response, Callback done) {
  /** Before every path of the API. */
  static final String API = "/api/v1/";

  /** Whether a path is the API's. */
  static boolean isApi(List<String> parts) {
    return parts.size() > 1 && parts.get(0).equals("api") && parts.get(1).equals("v1");
  }

  /** A sentence; to programs as JSON (RFC 9457). */
  void text(int status, String text) {
    if (String.valueOf(request.getHttpURI().getPath()).startsWith(API)) {
      text(status, "application/problem+json", problem(status, text));
      return;
    }
    Answers.text(request, response, done, status, Answers.TEXT, text + "\n");
  }

  private static String problem(int status, String text) {
    return ApiJson.text(
        json -> {
          json.name("title").value(HttpStatus.getMessage(status));
          json.name("status").value(status);
          json.name("detail").value(text);
        });
  }

  /** Another text, not to be kept. */
  void text(int status, String type, String text) {
    Answers.text(request, response, done, status, type, text);
  }

  /** A file that may be kept. */
  void content(Answers.Content content) {
    Answers.content(request, response, done, content);
  }

  /** The same, whose answer ends with this. */
  Replies until(Callback end) {
    return new Replies(request, response, end);
  }

  /** What stands behind the question mark. */
  Fields query() {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      return Fields.EMPTY; // percent signs without digits
    }
  }
}
