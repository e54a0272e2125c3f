package zeroboot.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import zeroboot.server.mirror.KernelCopy;

/**
 * Gives a kernel to one node, at the node's pace and at the pace at which the kernel arrives; holds
 * no thread while it waits for either. Where the rest never comes, the connection is broken off
 * before the length that was promised; where none was promised yet, the answer is 502.
 */
public final class KernelAnswer extends IteratingCallback {
  private static final int CHUNK = 1 << 15;

  /** Between two signs that it goes on. */
  private static final long SIGN_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final Response response;
  private final Callback done;
  private final KernelCopy copy;
  private final Executor executor;
  private final long end;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
  private final Runnable goesOn;
  private long position;
  private long signed = System.nanoTime();

  private KernelAnswer(
      Request request,
      Response response,
      Callback done,
      KernelCopy copy,
      Runnable goesOn,
      long from,
      long end) {
    this.response = response;
    this.done = done;
    this.copy = copy;
    this.goesOn = goesOn;
    this.executor = request.getComponents().getExecutor();
    this.position = from;
    this.end = end;
  }

  /** Begins; closes the copy at the end. */
  public static void give(Request request, Response response, Callback done, KernelCopy copy) {
    give(request, response, done, copy, () -> {});
  }

  /**
   * The same.
   *
   * @param goesOn called some times a minute, as long as the node takes what it is given
   */
  static void give(
      Request request, Response response, Callback done, KernelCopy copy, Runnable goesOn) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answers.BINARY);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    // Ranges of what is still to come could not be told from its end.
    Optional<ByteRange> range =
        copy.isComplete() ? Answers.range(request, copy.size(), "") : Optional.empty();
    long from = 0;
    long end = copy.size();
    if (range.isPresent() && range.get().isSatisfiable()) {
      from = range.get().first();
      end = range.get().last() + 1;
      response.setStatus(206);
      response
          .getHeaders()
          .put(
              HttpHeader.CONTENT_RANGE,
              "bytes " + from + "-" + range.get().last() + "/" + copy.size());
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, end - from);
    if (Answers.isHead(request)) {
      copy.close();
      response.write(true, null, done);
      return;
    }
    new KernelAnswer(request, response, done, copy, goesOn, from, end).iterate();
  }

  @Override
  protected Action process() throws IOException {
    if (position == end) {
      return Action.SUCCEEDED;
    }
    buffer.clear().limit((int) Math.min(CHUNK, end - position));
    int count = copy.read(position, buffer);
    if (count == 0) {
      // To another thread: the one that fetches has more to do than to write to nodes.
      copy.whenMore(position, () -> executor.execute(this::iterate));
      return Action.IDLE;
    }
    position += count;
    if (System.nanoTime() - signed > SIGN_NANOS) {
      signed = System.nanoTime();
      goesOn.run();
    }
    response.write(position == end, buffer.flip(), this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    copy.close();
    done.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable why) {
    copy.close();
    // What was promised already can only be broken off; before that, the server can still say why.
    done.failed(
        response.isCommitted()
            ? why
            : new HttpException.RuntimeException(
                HttpStatus.BAD_GATEWAY_502, why.getMessage(), why));
  }
}
