package zeroboot.server.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
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

  /** Of somebody whom nobody knows. */
  private static final int MOST_OF_A_STRANGER = 256;

  /** For a stranger's request, up to the end of its head. */
  private static final int HEAD_SECONDS = 20;

  /** For an answer, beside the time that its bytes may take. */
  private static final int EXCHANGE_SECONDS = 60;

  /** Of a stranger's download, in bytes a second. */
  private static final int LEAST_RATE = 2048;

  /** Without a byte, while there are too many. */
  private static final int CROWDED_IDLE_MILLIS = 2000;

  /**
   * In bytes, of a connection. The system would let it grow to megabytes, also for those who never
   * read; this is enough for a gigabit at 2 ms.
   */
  private static final int SEND_BUFFER = 1 << 18;

  private static final int BACKLOG = 1024;
  private static final int IDLE_MILLIS = 30_000;
  private static final int STOP_MILLIS = 10_000;

  private final Server server;
  private final Underway underway;
  private final ClientLimit limit;

  /**
   * To be called before any class of Jetty is used: its library for logging would say on standard
   * error that nobody listens to it.
   */
  public static void quiet() {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
  }

  /** A server that is not started, for these requests. */
  public WebServer(Handler handler) {
    this(new Underway(handler), new ClientLimit(MOST_OF_A_CLIENT, client -> false));
  }

  private WebServer(Underway underway, ClientLimit limit) {
    this.underway = underway;
    this.limit = limit;
    QueuedThreadPool pool = new QueuedThreadPool(THREADS, 2);
    pool.setName("http");
    pool.setDaemon(true);
    server = new Server(pool);
    server.setHandler(underway);
    server.setStopTimeout(STOP_MILLIS);
    NetworkConnectionLimit all = new NetworkConnectionLimit(MOST_CONNECTIONS, server);
    all.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
    server.addBean(all);
  }

  /**
   * A server for strangers: who takes too long is broken off, and nobody has many connections.
   *
   * @param errors answers what is no request that could be handled; its status is set already
   * @param isProxy who opens connections for many others
   */
  public static WebServer forStrangers(
      Handler handler, Request.Handler errors, Predicate<InetAddress> isProxy) {
    return forStrangers(
        new Hurry(handler, HEAD_SECONDS, EXCHANGE_SECONDS, LEAST_RATE), errors, isProxy);
  }

  static WebServer forStrangers(
      Hurry hurry, Request.Handler errors, Predicate<InetAddress> isProxy) {
    WebServer web = new WebServer(hurry, new ClientLimit(MOST_OF_A_STRANGER, isProxy));
    web.server.setErrorHandler(errors);
    return web;
  }

  /** How many connections there are. */
  public int connections() {
    return underway.connections();
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
    HttpConfiguration configuration = configuration();
    // There is one site: whoever asks by another name (a probe by the address, say) means this one.
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
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
    connector.setAcceptedSendBufferSize(SEND_BUFFER);
    connector.setShutdownIdleTimeout(STOP_MILLIS);
    connector.addBean(limit);
    connector.addBean(underway);
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

  /** Ends it; what is being answered may go on for ten seconds. */
  @Override
  public void close() {
    underway.end();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
