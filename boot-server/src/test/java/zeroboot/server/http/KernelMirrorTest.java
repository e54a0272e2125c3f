package zeroboot.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.server.files.BootFile;
import zeroboot.server.files.BootFiles;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.nodes.NodeTable;
import zeroboot.server.nodes.Report;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.MacAddress;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.HttpStub;

/** Nodes fetch kernels from a mirror whose upstream does what upstreams do. */
class KernelMirrorTest {
  private static final MacAddress MAC = new MacAddress("52:54:00:77:00:10");
  private final byte[] kernel = new byte[3_000_001];
  private final HttpStub upstream = new HttpStub();
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final NodeTable table =
      new NodeTable(Clock.systemUTC(), mac -> Optional.empty(), e -> {});
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private Optional<KernelMirror> mirror = Optional.empty();
  private Optional<WebServer> server = Optional.empty();
  private String url = "";

  @BeforeEach
  void begin() {
    new Random(3).nextBytes(kernel);
    table.reported(
        Report.of(java.util.Map.of("mac", MAC.value(), "step", "address")).orElseThrow(),
        "127.0.0.1");
    gives(kernel, "\"1\"");
    start(folder);
  }

  private void start(Path where, String... wanted) {
    InstantSource source = () -> now;
    KernelMirror made =
        KernelMirror.open(where, Set.of(wanted), source.withZone(ZoneOffset.UTC), log::add);
    mirror = Optional.of(made);
    BootFiles none =
        new BootFiles() {
          @Override
          public BootFile file(Kind kind, Optional<MacAddress> node, Ipv4Address us) {
            throw new IllegalStateException();
          }

          @Override
          public Optional<String> name(MacAddress node) {
            return Optional.empty();
          }
        };
    Site site = new Site(none, new SiteTest.ToTable(table), table::nodes, List::of, mirror);
    WebServer web = new WebServer(site);
    int port = web.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    web.start();
    server = Optional.of(web);
    String path =
        made.add(KernelUrl.parse(upstream.url("/net/prod.efi").replace("10.0.2.2", "127.0.0.1")));
    assertTrue(path.matches("/kernel/[0-9a-f]{16}/prod.efi"), path);
    url = "http://127.0.0.1:" + port + path;
  }

  private void stop() {
    server.ifPresent(WebServer::close);
    mirror.ifPresent(KernelMirror::close);
  }

  @AfterEach
  void end() {
    stop();
    upstream.close();
  }

  /** The upstream gives these bytes to all who do not have them. */
  private void gives(byte[] bytes, String etag) {
    upstream.on(
        "/net/prod.efi",
        exchange -> {
          asked.incrementAndGet();
          exchange.getResponseHeaders().add("ETag", etag);
          if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
          }
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  private CompletableFuture<HttpResponse<byte[]>> fetch() {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(2)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private void assertFetched(byte[] expected) throws Exception {
    HttpResponse<byte[]> answer = fetch().get(2, TimeUnit.MINUTES);
    assertEquals(200, answer.statusCode(), log.toString());
    assertArrayEquals(expected, answer.body());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void threeHundredReadersWhileItArrivesAreOneRequest() throws Exception {
    CountDownLatch allAsked = new CountDownLatch(1);
    upstream.on(
        "/net/prod.efi",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, kernel.length);
          OutputStream body = exchange.getResponseBody();
          body.write(kernel, 0, 1_000_000);
          body.flush();
          await(allAsked);
          body.write(kernel, 1_000_000, 2_000_001);
        });
    List<CompletableFuture<HttpResponse<byte[]>>> readers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      readers.add(fetch());
    }
    // All have asked when the last of them has been asked for; the mirror holds no thread for any.
    CompletableFuture<HttpResponse<String>> head =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(url))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(
        "3000001", head.get(1, TimeUnit.MINUTES).headers().firstValue("Content-Length").orElse(""));
    allAsked.countDown();
    for (CompletableFuture<HttpResponse<byte[]>> reader : readers) {
      assertArrayEquals(kernel, reader.get(2, TimeUnit.MINUTES).body());
    }
    assertEquals(1, asked.get());
    assertEquals("kernel-fetched", table.nodes().get(0).step().word());
  }

  /**
   * The most that Linux holds for one connection of the server, in bytes: what was written and not
   * taken (proc(5), /proc/net/tcp).
   */
  private static long mostHeldFor(int port) throws IOException {
    long most = 0;
    String local = String.format(Locale.ROOT, ":%04X", port);
    for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 4 && words[1].endsWith(local) && words[3].equals("01")) {
          most = Math.max(most, Long.parseLong(words[4].split(":", -1)[0], 16));
        }
      }
    }
    return most;
  }

  @Test
  void whoNeverReadsTakesLittleMemoryAndNobodysTime() throws Exception {
    byte[] large = new byte[16 << 20];
    new Random(4).nextBytes(large);
    gives(large, "\"large\"");
    assertFetched(large);
    URI at = URI.create(url);
    String request = "GET " + at.getPath() + " HTTP/1.1\r\nHost: x\r\n\r\n";
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.getPort());
        idle.add(socket);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      }
      long begun = System.nanoTime();
      assertFetched(large);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      assertTrue(seconds < 60, seconds + " s for a reader among those who do not read");
      Thread.sleep(1000);
      long held = mostHeldFor(at.getPort());
      assertTrue(held > 0 && held < 1 << 20, held + " bytes for one who does not read");
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IOException("nobody asked");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void upstreamThatDiesInTheMiddleGivesNobodyAWholeKernel() throws Exception {
    upstream.on("/net/prod.efi", exchange -> half(exchange));
    List<CompletableFuture<HttpResponse<byte[]>>> readers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      readers.add(fetch());
    }
    for (CompletableFuture<HttpResponse<byte[]>> reader : readers) {
      assertNotTaken(reader);
    }
    assertTrue(log.toString().contains("broke off"), log.toString());
    assertEquals(List.of("lock"), names());
    gives(kernel, "\"1\"");
    pass(Duration.ofSeconds(6));
    assertFetched(kernel);
  }

  /**
   * Who asks gets an error, or is broken off: which of the two depends on whether the length had
   * been promised when the mirror learnt that this kernel is none.
   */
  private static void assertNotTaken(CompletableFuture<HttpResponse<byte[]>> reader)
      throws Exception {
    Optional<Integer> status =
        reader
            .handle(
                (answer, why) ->
                    why == null ? Optional.of(answer.statusCode()) : Optional.<Integer>empty())
            .get(1, TimeUnit.MINUTES);
    assertTrue(status.isEmpty() || status.get() == 502, "taken for whole: " + status);
  }

  private void half(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, kernel.length);
    exchange.getResponseBody().write(kernel, 0, 2_000_000);
    throw new IOException("gone");
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(path -> names.add(path.getFileName().toString()));
    }
    Collections.sort(names);
    return names;
  }

  @Test
  void freshOneIsNotAskedForAndALaterOneIsConfirmedByItsValidator() throws Exception {
    assertFetched(kernel);
    assertFetched(kernel);
    assertEquals(1, asked.get());
    pass(Duration.ofMinutes(2));
    assertFetched(kernel);
    assertEquals(2, asked.get());
    byte[] next = Arrays.copyOf(kernel, 1_234_567);
    gives(next, "\"2\"");
    pass(Duration.ofMinutes(2));
    assertFetched(next);
    assertEquals(3, names().size(), "lock, record and one kernel: " + names());
  }

  @Test
  void lastGoodOneIsGivenWhileTheUpstreamIsAway() throws Exception {
    assertFetched(kernel);
    pass(Duration.ofMinutes(2));
    upstream.on("/net/prod.efi", exchange -> exchange.sendResponseHeaders(503, -1));
    assertFetched(kernel);
    assertEquals(
        Optional.of("kernel kept since 2026-01-01T00:00:00Z: its server says 503"),
        table.nodes().get(0).note());
    pass(Duration.ofMinutes(2));
    upstream.on("/net/prod.efi", exchange -> half(exchange));
    // One that arrives is not taken back: who asked meanwhile breaks off and asks again.
    fetch().handle((answer, why) -> 0).get();
    assertFetched(kernel);
  }

  @Test
  void restartGivesWhatIsKeptUnlessOneByteOfItChanged() throws Exception {
    assertFetched(kernel);
    stop();
    start(folder);
    assertFetched(kernel);
    assertEquals(2, asked.get(), "confirmed by its validator");
    stop();
    Path file =
        folder.resolve(
            names().stream().filter(n -> n.endsWith(".kernel")).findFirst().orElseThrow());
    byte[] bytes = Files.readAllBytes(file);
    bytes[1_500_000] ^= 1;
    Files.write(file, bytes);
    Files.write(folder.resolve("x.part"), new byte[3]);
    start(folder);
    assertFetched(kernel);
    assertTrue(names().stream().noneMatch(name -> name.endsWith(".part")), names().toString());
  }

  @Test
  void kernelWithAnotherHashThanTheWantedOneIsGivenToNobody() throws Exception {
    String good = Sha256.hex(kernel);
    assertFetched(kernel); // kept before anybody said which one is wanted
    stop();
    byte[] other = kernel.clone();
    other[2_000_000] ^= 1;
    String othersHash = Sha256.hex(other);
    start(folder, othersHash);
    assertNotTaken(fetch());
    assertTrue(log.toString().contains("its SHA-256 is " + good), log.toString());
    gives(other, "\"2\"");
    pass(Duration.ofMinutes(1));
    assertFetched(other);
    stop();
    start(folder, good, othersHash);
    assertFetched(other);
    gives(new byte[70_000], "\"3\"");
    pass(Duration.ofMinutes(2));
    assertNotTaken(fetch());
    assertFetched(other);
  }

  @Test
  void smallOneThatIsRefusedAtOnceIsAnErrorOrBrokenOff() throws Exception {
    stop();
    start(folder, Sha256.hex(kernel));
    for (int size : new int[] {1, 2, 1000, 70_000}) {
      gives(new byte[size], "\"" + size + "\"");
      for (int i = 0; i < 20; i++) {
        pass(Duration.ofMinutes(1));
        assertNotTaken(fetch());
      }
    }
  }

  @Test
  void recordOfAStrangerIsForgotten() throws Exception {
    assertFetched(kernel);
    stop();
    String record = names().stream().filter(n -> n.endsWith(".json")).findFirst().orElseThrow();
    for (String text : List.of("", "{", "[]", "{\"sha256\":\"../../etc/passwd\"}", "null")) {
      Files.write(folder.resolve(record), text.getBytes(StandardCharsets.UTF_8));
      start(folder);
      assertFetched(kernel);
      stop();
    }
  }

  @Test
  void secondServerOnTheFolderIsRefused() {
    ZbootException refused =
        assertThrows(
            ZbootException.class,
            () -> KernelMirror.open(folder, Set.of(), Clock.systemUTC(), log::add));
    assertTrue(String.valueOf(refused.getMessage()).contains("another zboot serve uses it"));
  }

  @Test
  void fullDiskKeepsTheLastGoodOne() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    ForeignTool mount = ForeignTool.require("mount");
    ForeignTool.Result mounted =
        mount.run("-t", "tmpfs", "-o", "size=4m", "zboot-test", small.toString());
    org.junit.jupiter.api.Assumptions.assumeTrue(mounted.exitCode() == 0, mounted.output());
    try {
      stop();
      start(small);
      assertFetched(kernel);
      byte[] larger = Arrays.copyOf(kernel, 2_900_000);
      gives(larger, "\"2\"");
      pass(Duration.ofMinutes(2));
      fetch().handle((answer, why) -> 0).get(); // breaks off in the middle
      assertFetched(kernel);
      assertTrue(log.toString().contains("broke off"), log.toString());
    } finally {
      stop();
      ForeignTool.require("umount").run(small.toString()).ok();
    }
  }

  @Test
  void onlyWhatItWasToldIsGivenOut() throws Exception {
    for (String path :
        List.of("/kernel/", "/kernel/x/prod.efi", "/kernel/" + url + "/x", "/kernel/../etc/x")) {
      String other = url.substring(0, url.indexOf("/kernel/")) + path.replace(":", "%3a");
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(other)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertTrue(answer.statusCode() == 404 || answer.statusCode() == 400, path);
    }
    assertEquals(0, asked.get());
  }

  @Test
  void withoutALengthItIsGivenWhenAllIsThere() throws Exception {
    upstream.on(
        "/net/prod.efi",
        exchange -> {
          exchange.sendResponseHeaders(200, 0); // chunked
          exchange.getResponseBody().write(kernel);
        });
    assertFetched(kernel);
  }
}
