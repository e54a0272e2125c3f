package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.ground.Sha256;

/**
 * {@code zboot serve --public --mirror}: the networks' kernels, from a stand-in for their server
 * that is reached through a proxy, as a service behind a firewall reaches it.
 */
class PublicMirrorTest {
  private static final String HOST = "bootstrap.grid.tf";
  private static final String PASSWORD = "for-a-test";
  private static final String PORT = "18469";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private final byte[] kernel = new byte[2_000_003];
  private final List<String> wanted = Collections.synchronizedList(new ArrayList<>());
  private OpensslServer upstream;
  private ServerSocket proxy;

  @BeforeEach
  void begin() throws IOException, GeneralSecurityException {
    new Random(9).nextBytes(kernel);
    Duration day = Duration.ofDays(1);
    Issued root = Issued.issue("CN=Root", Issued.rsa(2048), null, day.negated(), day, "");
    Issued server = Issued.issue("CN=" + HOST, Issued.rsa(2048), root, day.negated(), day, HOST);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("root", root.certificate());
    try (OutputStream out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    Path files = Files.createDirectories(folder.resolve("upstream/kernel/net"));
    give(files.resolve("prod.efi"), kernel);
    give(files.resolve("qa.efi"), "the one of qa".getBytes(StandardCharsets.US_ASCII));
    upstream = OpensslServer.start(folder.resolve("upstream"), List.of(server), List.of());
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  /** What this server gives out holds the head of the answer as well. */
  private static void give(Path file, byte[] kernel) throws IOException {
    String head =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + kernel.length + "\r\n\r\n";
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(kernel);
    }
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    upstream.close();
  }

  private static void thread(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // one side has gone, or the test is over
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private interface Task {
    void run() throws IOException;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = proxy.accept();
      thread(
          () -> {
            try (client) { // also where there is nobody behind the proxy: he is not waited for then
              connect(client);
            }
          });
    }
  }

  /** CONNECT (RFC 9110 section 9.3.6), to the stand-in, whoever is asked for. */
  private void connect(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = client.getInputStream().read();
      if (next < 0) {
        client.close();
        return;
      }
      head.append((char) next);
    }
    wanted.add(head.substring(0, head.indexOf("\r\n")));
    Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream.port());
    client
        .getOutputStream()
        .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    thread(() -> pass(server, client));
    pass(client, server);
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private Process serve(String name, String... more) throws Exception {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("serve", "--public", "--address", "127.0.0.1", "--http-port", PORT));
    words.addAll(List.of("--mirror", folder.resolve("mirror").toString()));
    words.addAll(List.of(more));
    List<String> command = ZbootProcess.command(words.toArray(String[]::new));
    command.addAll(
        1,
        List.of(
            "-Dhttps.proxyHost=127.0.0.1",
            "-Dhttps.proxyPort=" + proxy.getLocalPort(),
            "-Djavax.net.ssl.trustStore=" + folder.resolve("trusted.p12"),
            "-Djavax.net.ssl.trustStorePassword=" + PASSWORD));
    return ZbootProcess.serving(command, folder.resolve(name));
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
  }

  private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
            .timeout(Duration.ofMinutes(2))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void kernelsOfTheNetworksAreFetchedOnceAndKept() throws Exception {
    Process process = serve("first");
    try {
      assertEquals(
          "net/dev.efi\nnet/prod.efi\nnet/qa.efi\nnet/test.efi\n",
          new String(get("/kernel").body(), StandardCharsets.UTF_8));
      for (int i = 0; i < 3; i++) {
        HttpResponse<byte[]> got = get("/kernel/net/prod.efi");
        assertEquals(200, got.statusCode());
        assertArrayEquals(kernel, got.body());
      }
      assertEquals(1, wanted.size(), "one connection, one request: " + wanted);
      assertEquals(
          "the one of qa", new String(get("/kernel/net/qa.efi").body(), StandardCharsets.UTF_8));
      assertEquals(404, get("/kernel/net/other.efi").statusCode());
      assertEquals(404, get("/kernel/net/../../lock").statusCode());
    } finally {
      stop(process);
    }
    assertTrue(
        wanted.stream().allMatch(("CONNECT " + HOST + ":443 HTTP/1.1")::equals), "" + wanted);
    upstream.close();
    Process again = serve("second");
    try {
      assertArrayEquals(kernel, get("/kernel/net/prod.efi").body(), "the last good one");
      assertEquals(502, get("/kernel/net/test.efi").statusCode(), "none was ever there");
    } finally {
      stop(again);
    }
    Process strict = serve("third", "--kernel-hash", Sha256.hex(new byte[1]));
    try {
      assertEquals(502, get("/kernel/net/prod.efi").statusCode(), "another is wanted");
    } finally {
      stop(strict);
    }
  }
}
