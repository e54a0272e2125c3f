package zeroboot.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What becomes of connections when the server ends. */
class UnderwayTest {
  /** More than lies in buffers on the way. */
  private static final int LARGE = 32_000_000;

  /** Longer than a connection may be without a byte before it counts as idle, in many a server. */
  private static final int PAUSE_MILLIS = 3000;

  private static WebServer zeros() {
    WebServer.quiet();
    return new WebServer(
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback done) {
            int length = Request.getPathInContext(request).equals("/large") ? LARGE : 1;
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
            response.write(true, ByteBuffer.allocate(length), done);
            return true;
          }
        });
  }

  private static Socket ask(int port, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8192);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The answer's head, which has no byte of the zeros behind it. */
  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
  }

  @Test
  void endWaitsForDownloadThatStandsStillAndForNobodyElse() throws Exception {
    WebServer server = zeros();
    int port = server.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
    try (Socket busy = ask(port, "/large");
        Socket idle = ask(port, "/")) {
      readHead(idle.getInputStream());
      assertEquals(0, idle.getInputStream().read());
      readHead(busy.getInputStream());
      CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);
      assertEquals(-1, idle.getInputStream().read(), "closed, as nothing was on its way");
      Thread.sleep(PAUSE_MILLIS);
      assertEquals(LARGE, busy.getInputStream().readNBytes(LARGE).length);
      end.get();
    }
  }
}
