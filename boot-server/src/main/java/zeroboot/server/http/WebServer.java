package zeroboot.server.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import zeroboot.ground.ZbootException;
import zeroboot.server.net.Ports;

/** Jetty, as small as it goes: HTTP/1.1 on some addresses, and bounds to all that may grow. */
public final class WebServer implements AutoCloseable {
  private static final int THREADS = 12;
  private static final int MOST_CONNECTIONS = 4096;

  /** A quarter of them. */
  private static final int MOST_OF_A_CLIENT = 1024;

  /** Without a byte, while there are too many. */
  private static final int CROWDED_IDLE_MILLIS = 2000;

  private static final int BACKLOG = 1024;
  private static final int IDLE_MILLIS = 30_000;
  private static final int STOP_MILLIS = 10_000;

  private final Server server;
  private final ClientLimit clients = new ClientLimit(MOST_OF_A_CLIENT);

  /**
   * To be called before any class of Jetty is used: its library for logging would say on standard
   * error that nobody listens to it.
   */
  public static void quiet() {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
  }

  /** A server that is not started, for these requests. */
  public WebServer(Handler handler) {
    QueuedThreadPool pool = new QueuedThreadPool(THREADS, 2);
    pool.setName("http");
    pool.setDaemon(true);
    server = new Server(pool);
    server.setHandler(handler);
    server.setStopTimeout(STOP_MILLIS);
    NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, server);
    limit.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
    server.addBean(limit);
  }

  /**
   * The same, with answers of its own to what is no request that could be handled; their status is
   * set already.
   */
  public WebServer(Handler handler, Request.Handler errors) {
    this(handler);
    server.setErrorHandler(errors);
  }

  /**
   * Opens a further address.
   *
   * @return the port, where the system chose it
   * @throws ZbootException (I/O) if it is taken: names who has it
   */
  public int open(InetSocketAddress address) {
    return open(address, new HttpConnectionFactory(configuration()));
  }

  /** The same for HTTPS, with what {@code tls} shows. */
  public int open(InetSocketAddress address, SSLContext tls) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setSslContext(tls);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration());
    return open(address, new SslConnectionFactory(context, http.getProtocol()), http);
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(4096);
    // Firmware asks for //zboot.efi where a URL ended in a slash, and follows no redirection.
    http.setUriCompliance(
        UriCompliance.from(EnumSet.of(UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT)));
    return http;
  }

  private int open(InetSocketAddress address, ConnectionFactory... factories) {
    ServerConnector connector = new ServerConnector(server, 1, 1, factories);
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(BACKLOG);
    connector.addBean(clients);
    try {
      connector.open();
    } catch (IOException e) {
      throw refused(address.getPort(), e);
    }
    server.addConnector(connector);
    try {
      if (server.isStarted()) {
        connector.start();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e); // its port is open already
    }
    return connector.getLocalPort();
  }

  private static ZbootException refused(int port, IOException why) {
    Throwable cause = why instanceof BindException ? why : why.getCause();
    if (cause instanceof BindException bind) {
      return Ports.refused(Ports.Protocol.TCP, port, bind);
    }
    return ZbootException.io(
        "port " + port + "/tcp", String.valueOf(why.getMessage()), "see `ss -lnt`");
  }

  /** Answers from now on. */
  public void start() {
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e); // all its ports are open already
    }
  }

  /** Ends it; what runs may go on for ten seconds. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
