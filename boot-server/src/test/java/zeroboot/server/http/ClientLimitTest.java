package zeroboot.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many connections one client may have: at once, not in its life. */
class ClientLimitTest {
  private static final int MOST = 256;
  private static final int PATIENCE_MILLIS = 20_000;

  /** None that the server could take for its own. */
  private static final String[] CLIENTS = {"127.0.0.2", "127.0.0.3"};

  private WebServer web;
  private int port;

  @BeforeEach
  void start() {
    WebServer.quiet();
    web =
        WebServer.forStrangers(
            new OkHandler(), (request, response, done) -> false, client -> false);
    port = web.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    web.start();
  }

  @AfterEach
  void end() {
    web.close();
  }

  private Socket connect(String client) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(client, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** The first line of the answer; empty if the server closed the connection instead. */
  private static String ask(Socket socket) throws IOException {
    try {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200 OK".length());
      return new String(line, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void whoComesAndGoesIsNeverRefused() throws IOException {
    for (String client : CLIENTS) {
      for (int i = 0; i < 2 * MOST + 50; i++) {
        try (Socket socket = connect(client)) {
          assertEquals("HTTP/1.1 200 OK", ask(socket), client + ", connection " + i);
        }
      }
    }
  }

  @Test
  void whoStaysTakesItsShareAndNoOthers() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < MOST; i++) {
        open.add(connect(CLIENTS[0]));
        assertEquals("HTTP/1.1 200 OK", ask(open.get(i)), "connection " + i);
      }
      try (Socket more = connect(CLIENTS[0])) {
        assertEquals("", ask(more));
      }
      try (Socket other = connect(CLIENTS[1])) {
        assertEquals("HTTP/1.1 200 OK", ask(other));
      }
      open.remove(0).close();
      assertTrue(isAnsweredAgain());
    } finally {
      for (Socket each : open) {
        each.close();
      }
    }
  }

  /** The server hears a moment later that a connection is closed. */
  private boolean isAnsweredAgain() throws Exception {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (System.nanoTime() < end) {
      try (Socket again = connect(CLIENTS[0])) {
        if (!ask(again).isEmpty()) {
          return true;
        }
      }
      Thread.sleep(20);
    }
    return false;
  }
}
