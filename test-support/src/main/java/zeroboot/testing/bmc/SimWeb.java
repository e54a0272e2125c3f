package zeroboot.testing.bmc;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS as small as in a management controller (RFC 9112): a thread for each connection. The JDK's
 * own server now and then closes a connection that it has only just accepted.
 */
final class SimWeb implements AutoCloseable {
  private static final int LONGEST = 1 << 20;
  private static final int BACKLOG = 64;

  private final SSLServerSocket server;
  private final Executor threads;
  private final Handler handler;
  private final Set<SSLSocket> open = ConcurrentHashMap.newKeySet();

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    SimAnswer answer(String method, String path, Map<String, String> headers, String body);
  }

  SimWeb(
      InetAddress address, int port, SimCertificate certificate, Executor threads, Handler handler)
      throws IOException {
    this.threads = threads;
    this.handler = handler;
    server =
        (SSLServerSocket)
            certificate
                .context()
                .getServerSocketFactory()
                .createServerSocket(port, BACKLOG, address);
    threads.execute(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (answered(socket, in)) {}
    } catch (IOException e) {
      // The client has left: it may.
    } finally {
      open.remove(socket);
    }
  }

  /** One request and its answer; whether there may be another. */
  private boolean answered(SSLSocket socket, InputStream in) throws IOException {
    String first = line(in);
    if (first == null || first.isEmpty()) {
      return false;
    }
    Map<String, String> headers = new TreeMap<>();
    String next;
    while ((next = line(in)) != null && !next.isEmpty()) {
      int colon = next.indexOf(':');
      headers.put(
          next.substring(0, colon).toLowerCase(Locale.ROOT), next.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > LONGEST) {
      return false;
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] words = first.split(" ", -1);
    SimAnswer answer = handler.answer(words[0], words[1], headers, body);
    if (answer.status() == 0) {
      return false; // cut
    }
    boolean last = "close".equalsIgnoreCase(headers.get("connection"));
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Said\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("OData-Version: 4.0\r\nCache-Control: no-cache\r\n");
    if (answer.status() != 204) {
      head.append("Content-Length: " + bytes.length + "\r\n");
    }
    head.append(last ? "Connection: close\r\n\r\n" : "\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[start.length + bytes.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(bytes, 0, whole, start.length, bytes.length);
    socket.getOutputStream().write(whole);
    socket.getOutputStream().flush();
    return !last;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = in.read()) >= 0 && c != '\n') {
      if (line.length() > LONGEST) {
        throw new IOException("a line without end");
      }
      line.append((char) c);
    }
    return c < 0 ? null : line.toString().stripTrailing();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (SSLSocket each : open) {
        each.close();
      }
    } catch (IOException e) {
      // closed all the same
    }
  }
}
