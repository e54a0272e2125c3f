package zeroboot.server.http;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;

/**
 * Breaks off connections whose clients take for ever, though never so long that they were idle: a
 * byte of a request now and then, or of an answer.
 */
final class Hurry extends Underway {
  private static final int TICK_SECONDS = 1;

  private final long headNanos;
  private final long exchangeSeconds;
  private final long leastRate;

  /**
   * Around a handler.
   *
   * @param headSeconds how long a client may take until its request's head is there, from the
   *     beginning of the connection or the end of the last answer
   * @param exchangeSeconds for an answer, beside the time that its bytes may take
   * @param leastRate of what is transferred, in bytes a second
   */
  Hurry(Handler handler, int headSeconds, int exchangeSeconds, long leastRate) {
    super(handler);
    this.exchangeSeconds = exchangeSeconds;
    this.headNanos = TimeUnit.SECONDS.toNanos(headSeconds);
    this.leastRate = leastRate;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    tick();
  }

  private void tick() {
    if (!isRunning() && !isStarting()) {
      return;
    }
    long now = System.nanoTime();
    each(
        (connection, state) -> {
          if (now - state.since > allowed(state.exchange)) {
            connection.getEndPoint().close(new TimeoutException("the client is too slow"));
          }
        });
    getServer().getScheduler().schedule(this::tick, TICK_SECONDS, TimeUnit.SECONDS);
  }

  private long allowed(Optional<Exchange> exchange) {
    return exchange.map(this::allowed).orElse(headNanos);
  }

  private long allowed(Exchange exchange) {
    long bytes =
        Math.max(exchange.request().getLength(), 0)
            + Math.max(exchange.response().getHeaders().getLongField(HttpHeader.CONTENT_LENGTH), 0);
    return TimeUnit.SECONDS.toNanos(exchangeSeconds + bytes / leastRate);
  }
}
