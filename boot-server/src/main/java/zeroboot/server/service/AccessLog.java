package zeroboot.server.service;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A line for each request, and the counters. Who it is for, and what its node is told, are nobody's
 * business unless the operator wants to know.
 *
 * @param isKnown whether the first word of a path is one of ours
 * @param tellsAll whether lines have the whole path and the visitor's address
 */
record AccessLog(
    Consumer<String> log, Metrics metrics, Predicate<String> isKnown, boolean tellsAll) {
  /** The callback of an answer that tells of it, too. */
  Callback told(
      Request request, Response response, Callback done, List<String> parts, InetAddress client) {
    long start = System.nanoTime();
    String what = what(parts);
    String line =
        tellsAll
            ? client.getHostAddress() + " " + request.getMethod() + " " + target(request)
            : method(request) + " /" + what + (parts.size() > 1 && known(parts) ? "/..." : "");
    return Callback.from(
        () -> {
          tell(line, what, response, start, "");
          done.succeeded();
        },
        why -> {
          tell(line, what, response, start, ", broken off");
          done.failed(why);
        });
  }

  /** Without what nobody needs who looks for a fault. */
  private static String target(Request request) {
    return request.getHttpURI().getPathQuery();
  }

  private static String method(Request request) {
    return List.of("GET", "HEAD", "PUT").contains(request.getMethod())
        ? request.getMethod()
        : "(method)";
  }

  private boolean known(List<String> parts) {
    return !parts.isEmpty() && isKnown.test(parts.get(0));
  }

  private String what(List<String> parts) {
    return known(parts) ? parts.get(0) : "(other)";
  }

  private void tell(String line, String what, Response response, long start, String end) {
    long took = System.nanoTime() - start;
    long bytes = Response.getContentBytesWritten(response);
    metrics.answered(what, response.getStatus(), bytes, took);
    log.accept(
        line
            + " "
            + response.getStatus()
            + ", "
            + bytes
            + " bytes, "
            + TimeUnit.NANOSECONDS.toMillis(took)
            + " ms"
            + end);
  }
}
