package zeroboot.server.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Breaks off connections whose clients take for ever, though never so long that they were idle: a
 * byte of a request now and then, or of an answer.
 */
final class Hurry extends Handler.Wrapper implements Connection.Listener {
  private static final int TICK_SECONDS = 1;

  private final long headNanos;
  private final long exchangeSeconds;
  private final long leastRate;
  private final Map<Connection, State> open = new ConcurrentHashMap<>();
  private volatile boolean isEnding;

  /** What a connection does, since when. */
  private static final class State {
    volatile long since = System.nanoTime();
    volatile Optional<Exchange> exchange = Optional.empty();
  }

  /** A request that is being answered. */
  private record Exchange(Request request, Response response) {}

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
    open.forEach(
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

  @Override
  public boolean handle(Request request, Response response, Callback done) throws Exception {
    State state = open.get(request.getConnectionMetaData().getConnection());
    if (state != null) {
      state.since = System.nanoTime();
      state.exchange = Optional.of(new Exchange(request, response));
      Request.addCompletionListener(
          request,
          failure -> {
            state.since = System.nanoTime();
            state.exchange = Optional.empty();
            if (isEnding) {
              request.getConnectionMetaData().getConnection().getEndPoint().close();
            }
          });
    }
    return super.handle(request, response, done);
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) { // the one inside it has the requests
      open.put(connection, new State());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** Closes connections on which nothing is on its way, from now on. */
  void end() {
    isEnding = true;
    open.forEach(
        (connection, state) -> {
          if (state.exchange.isEmpty()) {
            connection.getEndPoint().close();
          }
        });
  }

  /** How many connections there are. */
  int connections() {
    return open.size();
  }
}
