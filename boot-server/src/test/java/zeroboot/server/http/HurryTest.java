package zeroboot.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Clients that are never idle and never done. */
class HurryTest {
  private static final int HEAD_SECONDS = 2;

  private static WebServer server() {
    WebServer.quiet();
    Handler ok =
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback done) {
            Answers.text(request, response, done, 200, Answers.TEXT, "ok\n");
            return true;
          }
        };
    return WebServer.forStrangers(
        new Hurry(ok, HEAD_SECONDS, 2048), (request, response, done) -> false, client -> false);
  }

  private static int open(WebServer server) {
    int port = server.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
    return port;
  }

  @Test
  void headThatNeverEndsIsBrokenOffThoughBytesCome() throws Exception {
    try (WebServer server = server();
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
      assertEquals(0, server.connections());
    }
  }

  @Test
  void connectionThatIsUsedGoesOn() throws Exception {
    try (WebServer server = server();
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
}
