package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.ImageMaker;
import zeroboot.server.net.AddressBlock;
import zeroboot.server.service.PublicServer;
import zeroboot.server.service.ServiceOptions;
import zeroboot.server.service.ServiceParts;
import zeroboot.signing.keys.RenewedCertificate;
import zeroboot.testing.ForeignTool;

/** {@code zboot serve --public} on the internet: who is let in, how much, and what is told. */
class PublicGuardTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final IpxeCore CORE = BundledCore.load();
  private static final List<AddressBlock> NOBODY = List.of();
  private static final List<AddressBlock> HERE =
      List.of(AddressBlock.parse("127.0.0.0/8").orElseThrow());

  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder;

  private static ServiceOptions here() {
    return ServiceOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private PublicServer serve(ServiceOptions options) {
    return PublicServer.start(options, CORE, new ImageMaker(CORE), ServiceParts.NONE, log::add);
  }

  private static HttpResponse<String> get(PublicServer server, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(
        request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  private static int statusFor(PublicServer server, String forwarded)
      throws IOException, InterruptedException {
    return get(server, "/ipxe/prod/1", "X-Forwarded-For", forwarded).statusCode();
  }

  /** Two at once, then one in five seconds: a machine that is busy may be slow. */
  @Test
  void whoAsksTooOftenIsToldToWaitAndNobodyElse() throws Exception {
    try (PublicServer server = serve(here().guarded(HERE, 0.2))) {
      for (int i = 0; i < 2; i++) {
        assertEquals(200, statusFor(server, "192.0.2.1"), "request " + i);
        assertEquals(200, statusFor(server, "2001:db8:0:1::" + i), "request " + i);
      }
      HttpResponse<String> refused = get(server, "/ipxe/prod/1", "X-Forwarded-For", "192.0.2.1");
      assertEquals(429, refused.statusCode());
      assertTrue(refused.body().contains("too often"), refused.body());
      int wait = Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
      assertTrue(wait >= 1 && wait <= 5, "wait " + wait);
      assertEquals(429, statusFor(server, "2001:db8:0:1:ffff::1"), "the same /64");
      assertEquals(200, statusFor(server, "2001:db8:0:2::1"), "another /64");
      assertEquals(200, statusFor(server, "192.0.2.2"));
      assertEquals(
          200, get(server, "/health", "X-Forwarded-For", "192.0.2.1").statusCode(), "watched");
      Thread.sleep(1100L * wait);
      assertEquals(200, statusFor(server, "192.0.2.1"), "after waiting");
    }
  }

  @Test
  void headersOfStrangersMakeNobodySomebodyElse() throws Exception {
    try (PublicServer server = serve(here().guarded(NOBODY, 0.01).telling())) {
      assertEquals(200, statusFor(server, "192.0.2.1"));
      assertEquals(429, statusFor(server, "192.0.2.200"));
    }
    assertTrue(
        log.stream().allMatch(line -> line.startsWith("127.0.0.1 GET /ipxe/prod/1 ")), log + "");
  }

  /** Of a chain the last address counts that is no proxy; before it anything may stand. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "'198.51.100.1, 192.0.2.1', 192.0.2.1",
    "'198.51.100.1, 192.0.2.1, 127.0.0.5', 192.0.2.1",
    "'127.0.0.5, 127.0.0.6', 127.0.0.5",
    "'2001:db8::7', 2001:db8:0:0:0:0:0:7",
    "'[2001:db8::7]', 2001:db8:0:0:0:0:0:7",
    "'192.0.2.1, nonsense', 127.0.0.1",
    "'unknown', 127.0.0.1",
    "'192.0.2.1:80', 127.0.0.1",
    "'', 127.0.0.1",
  })
  void whoIsBehindAProxy(String forwarded, String client) throws Exception {
    try (PublicServer server = serve(here().guarded(HERE, 0).telling())) {
      get(server, "/ipxe/prod/77/a", "X-Forwarded-For", forwarded);
    }
    assertTrue(log.peek().startsWith(client + " GET /ipxe/prod/77/a 200, "), log.toString());
  }

  @Test
  void proxySaysByWhichUrlVisitorsCome() throws Exception {
    String[] headers = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "boot.example.com"};
    String[] wrong = {"X-Forwarded-Proto", "javascript", "X-Forwarded-Host", "a\"><script>"};
    try (PublicServer server = serve(here().guarded(HERE, 0))) {
      String here = "http://127.0.0.1:" + server.port() + "/usb/prod/1";
      assertTrue(
          get(server, "/?farm=1", headers)
              .body()
              .contains("\"https://boot.example.com/usb/prod/1"));
      assertTrue(get(server, "/?farm=1", wrong).body().contains("\"" + here));
    }
    try (PublicServer server = serve(here().guarded(NOBODY, 0))) {
      String here = "http://127.0.0.1:" + server.port() + "/usb/prod/1";
      HttpResponse<String> page = get(server, "/?farm=1", headers);
      assertTrue(page.body().contains("\"" + here), page.body());
      assertEquals("no-store", page.headers().firstValue("Cache-Control").orElse(""));
      // What caches may keep is the same for all who ask for it.
      HttpResponse<String> plain = get(server, "/ipxe/prod/1");
      HttpResponse<String> headed = get(server, "/ipxe/prod/1", headers);
      assertEquals(plain.body(), headed.body());
      assertEquals(plain.headers().firstValue("ETag"), headed.headers().firstValue("ETag"));
    }
  }

  private static String exchange(PublicServer server, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Whatever could be the beginning of another request is not read as one. */
  @Test
  void contentAndTwoLengthsEndTheConnection() throws Exception {
    String hidden = "GET /usb/prod/999 HTTP/1.1\r\nHost: a\r\n\r\n";
    try (PublicServer server = serve(here())) {
      for (String head :
          List.of(
              "Content-Length: " + hidden.length() + "\r\n",
              "Transfer-Encoding: chunked\r\n",
              "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
              "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
              "Content-Length: 0\r\nContent-Length: 5\r\n",
              "Content-Length: +5\r\n",
              "Content-Length : 5\r\n",
              "Transfer-Encoding: xchunked\r\n",
              "Transfer-Encoding: chunked, identity\r\n",
              " Content-Length: 5\r\n",
              "X: a\r\n Content-Length: 5\r\n",
              "X: a\nContent-Length: 5\r\n",
              "Content-Length: 4294967301\r\n")) {
        String said = exchange(server, "GET / HTTP/1.1\r\nHost: a\r\n" + head + "\r\n" + hidden);
        assertTrue(said.matches("(?s)HTTP/1.1 (400|413|501) .*"), head + said);
        assertEquals(1, said.split("HTTP/1.1 ", -1).length - 1, head + said);
        assertTrue(said.contains("Connection: close"), head + said);
        assertFalse(said.contains("farm999"), head + said);
      }
    }
  }

  @Test
  void nothingIsDecompressedAndManyRangesAreNone() throws Exception {
    try (PublicServer server = serve(here())) {
      String ranges = "bytes=" + "0-,".repeat(1000) + "0-";
      HttpResponse<String> whole = get(server, "/ipxe/prod/1", "Range", ranges);
      assertEquals(200, whole.statusCode());
      HttpResponse<String> zipped =
          get(server, "/ipxe/prod/1", "Accept-Encoding", "gzip", "Content-Encoding", "gzip");
      assertEquals(whole.body(), zipped.body());
      assertEquals(Optional.empty(), zipped.headers().firstValue("Content-Encoding"));
    }
  }

  @Test
  void countersArePrometheusText() throws Exception {
    Path python =
        ForeignTool.requireFile(
            "python3-prometheus-client",
            Path.of("/usr/lib/python3/dist-packages/prometheus_client/parser.py"));
    assertTrue(Files.exists(python));
    String text;
    try (PublicServer server = serve(here())) {
      get(server, "/iso/prod/31337");
      get(server, "/iso/prod/31337");
      get(server, "/secret-word");
      get(server, "/usb/moon/1");
      HttpResponse<String> got = get(server, "/metrics");
      assertTrue(
          got.headers()
              .firstValue("Content-Type")
              .orElse("")
              .startsWith("text/plain;version=0.0.4"));
      text = got.body();
    }
    Path file = Files.writeString(folder.resolve("metrics"), text);
    String script =
        """
        import sys
        from prometheus_client.parser import text_string_to_metric_families as read
        for f in read(open(sys.argv[1]).read()):
          for s in f.samples:
            print(f.type, s.name, sorted(s.labels.items()), s.value)
        """;
    String read = ForeignTool.at("/usr/bin/python3").run("-c", script, file.toString()).ok();
    for (String line :
        List.of(
            "counter zboot_requests_total [('kind', 'iso'), ('status', '200')] 2.0",
            "counter zboot_requests_total [('kind', '(other)'), ('status', '404')] 1.0",
            "counter zboot_requests_total [('kind', 'usb'), ('status', '400')] 1.0",
            "counter zboot_images_made_total [] 1.0",
            "histogram zboot_request_duration_seconds_count [] 4.0",
            "gauge zboot_connections [] ")) {
      assertTrue(read.contains(line), () -> line + " is not in " + read);
    }
    assertFalse(text.contains("31337") || text.contains("secret"), text);
  }

  @Test
  void endsWhenWhatIsOnItsWayHasArrivedAndSaysBeforeThatItWill() throws Exception {
    PublicServer server = serve(here().draining(Duration.ofSeconds(2)));
    assertEquals(200, get(server, "/ready").statusCode());
    int size = get(server, "/iso/prod/1").body().length(); // its head comes on top of that
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(8192);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      slow.setSoTimeout(30_000);
      slow.getOutputStream()
          .write("GET /iso/prod/1 HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = slow.getInputStream();
      int read = in.readNBytes(1000).length;
      CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);
      Thread.sleep(500);
      assertEquals(503, get(server, "/ready").statusCode());
      assertEquals(200, get(server, "/health").statusCode());
      HttpResponse<String> late = get(server, "/usb/prod/2");
      assertEquals(200, late.statusCode());
      Thread.sleep(2500); // it takes no new connections any more
      read += in.readAllBytes().length;
      assertTrue(read > size, "read " + read + " of " + size);
      end.join();
    }
  }

  private void certificate(String name, String type, String more) throws IOException {
    ForeignTool openssl = ForeignTool.require("openssl");
    String key = folder.resolve(name + ".key").toString();
    String[] kind = type.split(" ", -1);
    openssl
        .run(
            "req",
            "-x509",
            "-newkey",
            kind[0],
            "-pkeyopt",
            kind[1],
            "-nodes",
            "-keyout",
            key,
            "-out",
            folder.resolve(name + ".pem").toString(),
            "-subj",
            "/CN=" + name,
            "-days",
            more,
            "-addext",
            "subjectAltName=IP:127.0.0.1")
        .ok();
    Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-------"));
  }

  private void put(String name, String as) throws IOException {
    for (String end : List.of(".pem", ".key")) {
      Files.copy(
          folder.resolve(name + end),
          folder.resolve(as + end),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Test
  void certificateIsTakenOverWhenItIsRenewed() throws Exception {
    certificate("first", "ec ec_paramgen_curve:prime256v1", "9");
    certificate("second", "rsa rsa_keygen_bits:2048", "9");
    put("first", "now");
    Path pem = folder.resolve("now.pem");
    Path key = folder.resolve("now.key");
    RenewedCertificate shown = RenewedCertificate.open(pem, key, Instant.now());
    InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ServiceOptions options =
        new ServiceOptions(
            Optional.empty(),
            Optional.of(new ServiceOptions.Tls(at, shown.context())),
            Optional.empty(),
            List.of(),
            0,
            false,
            Duration.ZERO);
    ForeignTool curl = ForeignTool.require("curl");
    try (PublicServer server = serve(options)) {
      String url = "https://127.0.0.1:" + server.port() + "/ipxe/prod/1";
      String[] ask = {"-sS", "-i", "--cacert", folder.resolve("first.pem").toString(), url};
      String said = curl.run(ask).ok();
      assertTrue(
          said.toLowerCase(java.util.Locale.ROOT).contains("strict-transport-security: max-age="),
          said);
      assertTrue(said.startsWith("HTTP/1.1 200 "), said);
      String probe = url.replace("127.0.0.1", "localhost").replace("/ipxe/prod/1", "/ready");
      curl.run("-sS", "-f", "-k", probe).ok(); // by a name that the certificate does not have
      assertEquals(Optional.empty(), shown.look(Instant.now()));
      Files.copy(folder.resolve("second.pem"), pem, StandardCopyOption.REPLACE_EXISTING);
      String half = shown.look(Instant.now()).orElseThrow();
      assertTrue(
          half.startsWith("Warning: The certificate stays as it was. ")
              && half.contains("is not the key of"),
          half);
      curl.run(ask).ok();
      put("second", "now");
      assertTrue(shown.look(Instant.now()).orElseThrow().contains("taken over, valid until"));
      assertNotEquals(0, curl.run(ask).exitCode());
      ask[3] = folder.resolve("second.pem").toString();
      curl.run(ask).ok();
      Files.writeString(pem, "nonsense");
      assertTrue(shown.look(Instant.now()).orElseThrow().contains("stays as it was"));
      curl.run(ask).ok();
    }
  }

  @Test
  void badCertificatesAreRefused() throws Exception {
    certificate("a", "ec ec_paramgen_curve:prime256v1", "9");
    certificate("b", "ec ec_paramgen_curve:prime256v1", "9");
    record Case(String certificate, String key, String words) {}
    Files.writeString(folder.resolve("empty.pem"), "");
    Path open = Files.copy(folder.resolve("a.key"), folder.resolve("open.key"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    for (Case each :
        List.of(
            new Case("a.pem", "b.key", "is not the key of the first certificate"),
            new Case("a.pem", "a.pem", "holds no private key"),
            new Case("empty.pem", "a.key", "holds no certificate"),
            new Case("a.pem", "open.key", "may read the key"),
            new Case("none.pem", "a.key", "none.pem"))) {
      CliRun run =
          CliRun.of(
              "serve",
              "--public",
              "--tls-cert",
              folder.resolve(each.certificate()).toString(),
              "--tls-key",
              folder.resolve(each.key()).toString());
      assertTrue(List.of(1, 2, 3).contains(run.exitCode()), run.err());
      assertTrue(run.err().contains(each.words()), run.err());
      assertEquals(1, run.err().strip().lines().count(), run.err());
    }
    Instant late = Clock.systemUTC().instant().plus(Duration.ofDays(30));
    try {
      RenewedCertificate.open(folder.resolve("a.pem"), folder.resolve("a.key"), late);
      throw new AssertionError("taken");
    } catch (ZbootException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("ran out on"), e.getMessage());
    }
  }

  @Test
  void optionsOfTheServiceAreChecked() {
    Map<String, String> wrong =
        Map.of(
            "--proxy 10.0.0.1/8", "is no block of addresses",
            "--proxy localhost", "is no block of addresses",
            "--rate -1", "is not a whole number from 0 to 100000",
            "--rate 1e9", "is not a whole number",
            "--drain 601", "is not a whole number from 0 to 600",
            "--tls-cert x", "has no effect without --tls-key",
            "--tls-key x", "has no effect without --tls-cert",
            "--https-port 8443", "has no effect without --tls-cert",
            "--http-only", "leave out what is for nodes");
    wrong.forEach(
        (words, says) -> {
          CliRun run = CliRun.of(("serve --public " + words).split(" ", -1));
          assertEquals(2, run.exitCode(), run.err());
          assertTrue(run.err().contains(says), run.err());
        });
    for (String words :
        List.of(
            "--proxy ::1",
            "--rate 1",
            "--tls-cert x",
            "--tls-key x",
            "--log-visitors",
            "--drain 1")) {
      CliRun run = CliRun.of(("serve --farm-id 1 " + words).split(" ", -1));
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains("has no effect without --public"), run.err());
    }
  }
}
