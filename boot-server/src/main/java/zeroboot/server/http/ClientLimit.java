package zeroboot.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;

/** Closes what one client opens beyond its share, so that nobody takes the connections of all. */
final class ClientLimit implements Connection.Listener {
  private final int most;
  private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();

  ClientLimit(int most) {
    this.most = most;
  }

  private static InetAddress client(Connection connection) {
    SocketAddress remote = connection.getEndPoint().getRemoteSocketAddress();
    return remote instanceof InetSocketAddress inet
        ? inet.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  @Override
  public void onOpened(Connection connection) {
    if (open.merge(client(connection), 1, Integer::sum) > most) {
      connection.getEndPoint().close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    open.computeIfPresent(client(connection), (who, count) -> count > 1 ? count - 1 : null);
  }
}
