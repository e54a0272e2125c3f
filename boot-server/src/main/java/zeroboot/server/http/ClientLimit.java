package zeroboot.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import zeroboot.server.net.AddressBlock;

/** Closes what one client opens beyond its share, so that nobody takes the connections of all. */
final class ClientLimit implements Connection.Listener {
  private final int most;
  private final Predicate<InetAddress> isFree;
  private final Map<AddressBlock, Integer> open = new ConcurrentHashMap<>();

  /**
   * Nobody yet.
   *
   * @param isFree who opens connections for many others, as proxies do
   */
  ClientLimit(int most, Predicate<InetAddress> isFree) {
    this.most = most;
    this.isFree = isFree;
  }

  private static InetAddress client(Connection connection) {
    SocketAddress remote = connection.getEndPoint().getRemoteSocketAddress();
    return remote instanceof InetSocketAddress inet
        ? inet.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection) { // the one inside it counts
      return;
    }
    InetAddress client = client(connection);
    if (open.merge(AddressBlock.ofClient(client), 1, Integer::sum) > most && !isFree.test(client)) {
      connection.getEndPoint().close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof SslConnection) {
      return;
    }
    open.computeIfPresent(
        AddressBlock.ofClient(client(connection)), (who, count) -> count > 1 ? count - 1 : null);
  }
}
