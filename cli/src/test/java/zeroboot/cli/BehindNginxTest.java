package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.ImageMaker;
import zeroboot.server.net.AddressBlock;
import zeroboot.server.service.PublicServer;
import zeroboot.server.service.ServiceOptions;
import zeroboot.server.service.ServiceParts;

/** Two services behind a real nginx, as examples/service has them. */
class BehindNginxTest {
  private static final IpxeCore CORE = BundledCore.load();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int QUIET_MILLIS = 300;
  private static final int CROWD = 4;

  @TempDir private Path folder;

  private static PublicServer serve(Queue<String> log) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    List<AddressBlock> here = List.of(AddressBlock.parse("127.0.0.0/8").orElseThrow());
    return PublicServer.start(
        ServiceOptions.at(any).guarded(here, 0).telling(),
        CORE,
        new ImageMaker(CORE),
        ServiceParts.NONE,
        log::add);
  }

  private static HttpResponse<byte[]> get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String tag(HttpResponse<?> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void eitherGivesTheSameBytesAndTags() throws Exception {
    Queue<String> logs = new ConcurrentLinkedQueue<>();
    try (PublicServer one = serve(logs);
        PublicServer other = serve(logs);
        NginxFront nginx = NginxFront.of(folder, one.port(), other.port())) {
      for (String path :
          List.of("/iso/prod/4242", "/usb/test/1/zos-debug", "/uefi/dev/7", "/ipxe/qa/9")) {
        HttpResponse<byte[]> first = get(one.port(), path);
        HttpResponse<byte[]> second = get(other.port(), path);
        assertArrayEquals(first.body(), second.body(), path);
        for (int i = 0; i < 3; i++) {
          HttpResponse<byte[]> behind = get(nginx.port(), path);
          assertArrayEquals(first.body(), behind.body(), path);
          for (String field :
              List.of("ETag", "Content-Length", "Content-Disposition", "Cache-Control")) {
            List<String> values = first.headers().allValues(field);
            assertEquals(1, values.size(), field);
            assertEquals(values, second.headers().allValues(field), field);
            assertEquals(values, behind.headers().allValues(field), field);
          }
        }
        int half = first.body().length / 2;
        HttpResponse<byte[]> rest =
            get(other.port(), path, "Range", "bytes=" + half + "-", "If-Range", tag(first));
        assertEquals(206, rest.statusCode());
        assertArrayEquals(
            Arrays.copyOfRange(first.body(), half, first.body().length), rest.body(), path);
      }
      String page = new String(get(nginx.port(), "/?farm=5").body(), StandardCharsets.UTF_8);
      assertTrue(page.contains("http://127.0.0.1:" + nginx.port() + "/"), "the visitor's own URL");
      assertEquals(404, get(nginx.port(), "/metrics").statusCode());
      get(
          nginx.port(),
          "/ipxe/prod/31",
          "X-Forwarded-For",
          "192.0.2.9",
          "Forwarded",
          "for=1.2.3.4");
      await(() -> logs.stream().anyMatch(line -> line.contains("/ipxe/prod/31 ")));
      String said = String.join("\n", logs);
      assertTrue(said.contains("127.0.0.1 GET /ipxe/prod/31 200"), said);
      assertFalse(said.contains("192.0.2.9"), "a visitor's claim is believed");
    }
  }

  /** Downloads all the time, while one of the two is killed, or told to end. */
  private void noRequestFails(String kind, boolean isKilled) throws Exception {
    int port = NginxFront.freePort();
    Process replica =
        ZbootProcess.start(
            "serve", "--public", "--address", "127.0.0.1", "--http-port", Integer.toString(port));
    AtomicInteger itsRequests = new AtomicInteger();
    Queue<String> log = new ConcurrentLinkedQueue<>();
    try (PublicServer stays = serve(log);
        BufferedReader said = replica.inputReader()) {
      while (!said.readLine().contains("Ctrl-C ends it")) {
        assertTrue(replica.isAlive());
      }
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> said.lines().forEach(line -> itsRequests.incrementAndGet()));
      ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
      try (NginxFront nginx = NginxFront.of(folder, port, stays.port())) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger afterwards = new AtomicInteger();
        List<Future<Void>> visitors =
            IntStream.range(0, CROWD)
                .mapToObj(
                    i ->
                        crowd.submit(
                            () -> {
                              while (afterwards.get() < 40) {
                                int farm = next.incrementAndGet();
                                HttpResponse<byte[]> got =
                                    get(nginx.port(), "/" + kind + "/prod/" + farm);
                                assertEquals(200, got.statusCode());
                                assertTrue(got.body().length > 1000);
                                if (!replica.isAlive()) {
                                  afterwards.incrementAndGet();
                                }
                              }
                              return (Void) null;
                            }))
                .toList();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (itsRequests.get() < 20 && System.nanoTime() < end) {
          Thread.sleep(10);
        }
        assertTrue(itsRequests.get() >= 20, "it was asked " + itsRequests + " times");
        if (isKilled) {
          replica.toHandle().destroyForcibly();
        } else {
          replica.toHandle().destroy(); // that of Process closes what it says, too
        }
        for (Future<Void> visitor : visitors) {
          visitor.get(120, TimeUnit.SECONDS);
        }
        reading.join();
        assertTrue(log.size() >= 40, "the other was asked " + log.size() + " times");
      } finally {
        crowd.shutdownNow();
      }
    } finally {
      replica.destroyForcibly().waitFor();
    }
  }

  /**
   * Answers of one packet are there or not. Of an image that began, the rest is asked for again.
   */
  @Test
  void noScriptFailsWhenOneIsKilled() throws Exception {
    noRequestFails("ipxe", true);
  }

  @Test
  void noImageFailsWhenOneIsToldToEnd() throws Exception {
    noRequestFails("iso", false);
  }

  /**
   * What may be read as one request or as two. Behind it follows one that nginx never passes on:
   * {@code GET /metrics}.
   */
  private static final Map<String, String> ATTACKS =
      Map.ofEntries(
          Map.entry("CL.TE", "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
          Map.entry("TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n"),
          Map.entry(
              "TE in capitals, CL", "TRANSFER-ENCODING: Chunked\r\nContent-Length: 3\r\n\r\n"),
          Map.entry("unknown coding", "Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\n"),
          Map.entry("two codings", "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
          Map.entry("coding twice", te("chunked") + te("identity") + "\r\n0\r\n\r\n"),
          Map.entry("chunked twice", te("chunked") + te("chunked") + "\r\n0\r\n\r\n"),
          Map.entry("space before the colon", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
          Map.entry("tab before the value", "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n"),
          Map.entry("vertical tab", "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n"),
          Map.entry("coding in quotes", "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
          Map.entry("folded coding", "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
          Map.entry("folded length", "X: a\r\n Content-Length: 5\r\n\r\n"),
          Map.entry("folded first field", " Content-Length: 5\r\n\r\n"),
          Map.entry("two lengths", cl("0") + cl("60") + "\r\n"),
          Map.entry("two equal lengths", cl("0") + cl("0") + "\r\n"),
          Map.entry("list of lengths", cl("0, 60") + "\r\n"),
          Map.entry("signed length", cl("+0") + "\r\n"),
          Map.entry("negative length", cl("-1") + "\r\n"),
          Map.entry("length of 2^64", cl("18446744073709551616") + "\r\n"),
          Map.entry("length in hex", cl("0x0") + "\r\n"),
          Map.entry("length with an underscore", "Content_Length: 60\r\n\r\n"),
          Map.entry("length with a NUL", "Content-Length\0: 60\r\n\r\n"),
          Map.entry("length behind a line feed", "X: a\nContent-Length: 60\n\n"),
          Map.entry("length behind a carriage return", "X: a\rContent-Length: 60\r\n\r\n"),
          Map.entry("length of one hop", "Connection: Content-Length\r\nContent-Length: 0\r\n\r\n"),
          Map.entry("host of one hop", "Connection: close, Host\r\n\r\n"),
          Map.entry("chunk of 2^64", te("chunked") + "\r\n10000000000000000\r\n"),
          Map.entry("chunk with an extension", te("chunked") + "\r\n0;\n\r\n\r\n"),
          Map.entry("chunk and line feed", te("chunked") + "\r\n0\n\n"),
          Map.entry("negative chunk", te("chunked") + "\r\n-1\r\n\r\n"),
          Map.entry("trailer with a length", te("chunked") + "\r\n0\r\nContent-Length: 60\r\n\r\n"),
          Map.entry("content that waits", "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n"),
          Map.entry("upgrade", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n"),
          Map.entry("host twice", "Host: b\r\n\r\n"),
          Map.entry("override", "X-HTTP-Method-Override: PUT\r\nX-Original-URL: /metrics\r\n\r\n"));

  /** Heads that are odd from their first line on. */
  private static final Map<String, String> LINES =
      Map.ofEntries(
          Map.entry(
              "absolute form", "GET http://other.example/ipxe/prod/1 HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry(
              "absolute form of what is hidden",
              "GET http://a/metrics HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry("hidden by dots", "GET /x/../metrics HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry("hidden by percent", "GET /%6detrics HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry("hidden by slashes", "GET //metrics HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry(
              "line in the path",
              "GET /ipxe/prod/1%20HTTP/1.1%0d%0aX:%20a HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry("no host", "GET /ipxe/prod/1 HTTP/1.1\r\n\r\n"),
          Map.entry("host with a path", "GET /ipxe/prod/1 HTTP/1.1\r\nHost: a/metrics\r\n\r\n"),
          Map.entry(
              "HTTP/1.0 that is chunked",
              "GET /ipxe/prod/1 HTTP/1.0\r\n" + te("chunked") + "\r\n0\r\n\r\n"),
          Map.entry("HTTP/0.9", "GET /ipxe/prod/1\r\n"),
          Map.entry("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
          Map.entry("tabs", "GET\t/ipxe/prod/1\tHTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry("two spaces", "GET  /ipxe/prod/1  HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry("asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry("tunnel", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
          Map.entry(
              "head with content",
              "HEAD /ipxe/prod/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"));

  private static String te(String coding) {
    return "Transfer-Encoding: " + coding + "\r\n";
  }

  private static String cl(String length) {
    return "Content-Length: " + length + "\r\n";
  }

  /** Sends it and hears whatever comes, until nothing comes any more. */
  private static void attack(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(QUIET_MILLIS);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // more may come
      }
    } catch (SocketTimeoutException | SocketException e) {
      // it waits for more, or has hung up
    }
  }

  private static List<NginxFront.Asked> passed(NginxFront nginx) {
    return nginx.asked().stream().filter(NginxFront.Asked::isPassedOn).toList();
  }

  /** Waits ten seconds for it; the assertion that follows says what is missing. */
  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
  }

  private static boolean isHidden(String line) {
    return line.contains("metrics");
  }

  /** nginx and those behind it see the same requests, and everybody gets his own answer. */
  @Test
  void noRequestIsSmuggledThroughNginx() throws Exception {
    Queue<String> log = new ConcurrentLinkedQueue<>();
    String hidden = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";
    try (PublicServer one = serve(log);
        PublicServer other = serve(log);
        NginxFront nginx = NginxFront.of(folder, one.port(), other.port())) {
      String[] tags = new String[4];
      for (int farm = 1; farm <= 3; farm++) {
        tags[farm] = tag(get(one.port(), "/ipxe/prod/" + farm));
      }
      await(() -> log.size() >= 3); // a line comes after its answer
      assertEquals(3, log.size(), log::toString);
      log.clear();
      AtomicInteger count = new AtomicInteger();
      List<String> texts =
          java.util.stream.Stream.concat(
                  ATTACKS.values().stream()
                      .flatMap(
                          more ->
                              List.of("GET", "POST").stream()
                                  .map(m -> m + " /ipxe/prod/1 HTTP/1.1\r\nHost: a\r\n" + more)),
                  LINES.values().stream())
              .toList();
      ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
      try {
        List<Future<Void>> all =
            texts.stream()
                .map(
                    text ->
                        crowd.submit(
                            () -> {
                              attack(nginx.port(), text + hidden);
                              int farm = 1 + count.incrementAndGet() % 3;
                              for (int i = 0; i < 3; i++) {
                                HttpResponse<byte[]> own = get(nginx.port(), "/ipxe/prod/" + farm);
                                assertEquals(200, own.statusCode(), text);
                                assertEquals(tags[farm], tag(own), text);
                              }
                              return (Void) null;
                            }))
                .toList();
        for (Future<Void> each : all) {
          each.get(120, TimeUnit.SECONDS);
        }
      } finally {
        crowd.shutdownNow();
      }
      // Each writes its line when the answer has gone out, nginx last. Who hangs up early may leave
      // one that nginx alone has; one that the service alone has was smuggled.
      await(() -> log.size() >= 3 * count.get());
      int passedOn = log.size();
      await(() -> passed(nginx).size() >= passedOn);
      assertTrue(count.get() > 80, "attacks: " + count);
      assertTrue(passedOn >= 3 * count.get(), "passed on: " + passedOn);
      assertTrue(passed(nginx).size() >= passedOn, () -> passed(nginx) + "\n" + log);
      // Other spellings of the path that nginx keeps to itself are its own as well.
      assertFalse(log.stream().anyMatch(BehindNginxTest::isHidden), log::toString);
    }
  }

  /**
   * Without nginx in front, the hidden request of an attack that is none is seen: the test sees.
   */
  @Test
  void requestThatFollowsIsSeenWhereNobodyHidesIt() throws Exception {
    Queue<String> log = new ConcurrentLinkedQueue<>();
    try (PublicServer one = serve(log)) {
      attack(
          one.port(),
          "GET /ipxe/prod/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(log.stream().anyMatch(BehindNginxTest::isHidden), log::toString);
    }
  }
}
