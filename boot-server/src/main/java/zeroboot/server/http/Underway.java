package zeroboot.server.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Knows of each connection whether a request is being answered on it, so that the end of the server
 * waits for those alone.
 */
class Underway extends Handler.Wrapper implements Connection.Listener {
  private final Map<Connection, State> open = new ConcurrentHashMap<>();
  private volatile boolean isEnding;

  /** What a connection does, since when. */
  static final class State {
    volatile long since = System.nanoTime();
    volatile Optional<Exchange> exchange = Optional.empty();
  }

  /** A request that is being answered. */
  record Exchange(Request request, Response response) {}

  /** Around a handler. */
  Underway(Handler handler) {
    super(handler);
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

  /** Looks at every connection. */
  final void each(BiConsumer<Connection, State> look) {
    open.forEach(look);
  }

  /** Closes connections on which nothing is on its way, from now on. */
  final void end() {
    isEnding = true;
    open.forEach(
        (connection, state) -> {
          if (state.exchange.isEmpty()) {
            connection.getEndPoint().close();
          }
        });
  }

  /** How many connections there are. */
  final int connections() {
    return open.size();
  }
}
