package zeroboot.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Clients that are never idle and never done. */
class HurryTest {
  private static final int HEAD_SECONDS = 2;
  private static final int LARGE = 8_000_000;

  private static WebServer server(int headSeconds) {
    WebServer.quiet();
    return WebServer.forStrangers(
        new Hurry(new OkHandler(), headSeconds, 60, 2048),
        (request, response, done) -> false,
        client -> false);
  }

  /** Eight million bytes, for which two million a second and one second more are allowed. */
  private static WebServer large() {
    WebServer.quiet();
    Handler zeros =
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback done) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, LARGE);
            response.write(true, ByteBuffer.allocate(LARGE), done);
            return true;
          }
        };
    return WebServer.forStrangers(
        new Hurry(zeros, HEAD_SECONDS, 1, LARGE / 4),
        (request, response, done) -> false,
        client -> false);
  }

  private static int open(WebServer server) {
    int port = server.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
    return port;
  }

  /** The client may see the end a moment before the server has counted it. */
  private static void awaitNoConnection(WebServer server) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (server.connections() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertEquals(0, server.connections());
  }

  @Test
  void headThatNeverEndsIsBrokenOffThoughBytesCome() throws Exception {
    try (WebServer server = server(HEAD_SECONDS);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), open(server))) {
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: a\r\n".getBytes(StandardCharsets.US_ASCII));
      long start = System.nanoTime();
      boolean isOpen = true;
      while (isOpen && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60)) {
        Thread.sleep(200);
        try {
          out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
          socket.setSoTimeout(1);
          isOpen = socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException e) {
          isOpen = true;
        } catch (IOException e) {
          isOpen = false;
        }
      }
      assertTrue(!isOpen, "still open");
      assertTrue(System.nanoTime() - start > TimeUnit.SECONDS.toNanos(HEAD_SECONDS - 1));
      awaitNoConnection(server);
    }
  }

  @Test
  void connectionThatIsUsedGoesOn() throws Exception {
    try (WebServer server = server(2 * HEAD_SECONDS);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), open(server))) {
      socket.setSoTimeout(30_000);
      InputStream in = socket.getInputStream();
      for (int i = 0; i < 5; i++) {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder said = new StringBuilder();
        while (!said.toString().endsWith("ok\n")) {
          int next = in.read();
          assertTrue(next >= 0, "request " + i);
          said.append((char) next);
        }
        assertEquals(1, server.connections());
        Thread.sleep(1000); // longer, all in all, than a head may take
      }
    }
  }

  /** How much comes of a large answer to who reads so many bytes twenty times a second. */
  private static long read(WebServer server, int bytes) throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(8192);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), open(server)));
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      long all = 0;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (all < LARGE && System.nanoTime() < end) {
        int more = in.readNBytes(bytes).length;
        all += more;
        if (more < bytes) {
          break;
        }
        if (server.connections() > 0) { // else what is left lies here already
          Thread.sleep(50);
        }
      }
      return all;
    }
  }

  @Test
  void downloadSlowerThanTheLeastRateIsBrokenOff() throws Exception {
    long start = System.nanoTime();
    try (WebServer server = large()) {
      long all;
      try {
        all = read(server, 10_000);
      } catch (IOException e) {
        all = 0; // broken off with a reset
      }
      assertTrue(all < LARGE, "it got " + all);
      awaitNoConnection(server);
    }
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    assertTrue(took >= 4 && took < 50, "after " + took + " s");
  }

  @Test
  void downloadThatIsQuickEnoughArrives() throws Exception {
    try (WebServer server = large()) {
      long all = read(server, 2_000_000);
      assertTrue(all >= LARGE, "it got " + all);
    }
  }

  /** How many of 300 connections of a client stay open. */
  private static long kept(int port) throws IOException, InterruptedException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      long kept = 0;
      for (Socket socket : sockets) {
        socket.setSoTimeout(kept == 0 ? 500 : 5);
        try {
          socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
          kept++; // open, and nothing said
        } catch (IOException e) {
          // reset
        }
      }
      return kept;
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static WebServer strangers(boolean isProxy) {
    WebServer.quiet();
    Handler never =
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback done) {
            return false;
          }
        };
    return WebServer.forStrangers(never, (request, response, done) -> false, client -> isProxy);
  }

  @Test
  void nobodyHasMoreThan256ConnectionsButProxies() throws Exception {
    try (WebServer server = strangers(false)) {
      assertEquals(256, kept(open(server)));
    }
    try (WebServer server = strangers(false)) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      int port = server.open(any, SSLContext.getDefault());
      server.start();
      assertEquals(256, kept(port), "with TLS");
    }
    try (WebServer server = strangers(true)) {
      assertEquals(300, kept(open(server)));
    }
  }
}
