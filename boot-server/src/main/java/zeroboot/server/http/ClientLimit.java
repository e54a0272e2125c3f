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

  /** Whose each open one is: a closed one does not know any more. */
  private final Map<Connection, AddressBlock> clients = new ConcurrentHashMap<>();

  /**
   * Nobody yet.
   *
   * @param isFree who opens connections for many others, as proxies do
   */
  ClientLimit(int most, Predicate<InetAddress> isFree) {
    this.most = most;
    this.isFree = isFree;
  }

  @Override
  public void onOpened(Connection connection) {
    SocketAddress remote = connection.getEndPoint().getRemoteSocketAddress();
    // The connection inside a TLS one counts. A client that is gone again takes nothing.
    if (connection instanceof SslConnection || !(remote instanceof InetSocketAddress inet)) {
      return;
    }
    AddressBlock client = AddressBlock.ofClient(inet.getAddress());
    if (clients.putIfAbsent(connection, client) == null
        && open.merge(client, 1, Integer::sum) > most
        && !isFree.test(inet.getAddress())) {
      connection.getEndPoint().close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    AddressBlock client = clients.remove(connection);
    if (client != null) {
      open.computeIfPresent(client, (who, count) -> count > 1 ? count - 1 : null);
    }
  }
}
