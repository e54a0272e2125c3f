package zeroboot.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.server.files.BootFile;
import zeroboot.server.files.BootFiles;
import zeroboot.server.nodes.NodeTable;
import zeroboot.server.nodes.Report;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;
import zeroboot.testing.ForeignTool;

/** The site over the loopback address, by Java's own client, by curl and byte by byte. */
class SiteTest {
  private static final String MAC = "52:54:00:77:00:10";
  private final byte[] bytes = new byte[400_000];
  private final HttpClient client = HttpClient.newHttpClient();
  private final NodeTable table;
  private final Site site;
  private final WebServer server;
  private final int port;

  @TempDir private Path folder;

  SiteTest() {
    new Random(2).nextBytes(bytes);
    BootFiles files =
        new BootFiles() {
          @Override
          public BootFile file(Kind kind, Optional<MacAddress> node, Ipv4Address us) {
            String script = "#!ipxe\n# " + node.map(MacAddress::value).orElse("") + " " + us + "\n";
            return BootFile.of(
                kind == Kind.SCRIPT ? script.getBytes(StandardCharsets.US_ASCII) : bytes);
          }

          @Override
          public int listed() {
            return 3;
          }

          @Override
          public Optional<String> name(MacAddress node) {
            return Optional.of("node-<b>1</b>");
          }
        };
    Site[] made = new Site[1];
    table =
        new NodeTable(Clock.systemUTC(), files::name, event -> made[0].changed(event.node().mac()));
    site =
        new Site(
            files, new ToTable(table), table::nodes, () -> List.of("no DHCP"), Optional.empty());
    made[0] = site;
    server = new WebServer(site);
    port = server.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
  }

  /** Puts into the table what the site hears. */
  record ToTable(NodeTable table) implements SiteListener {
    @Override
    public void fetches(MacAddress node, String file, String address) {
      table.fetches(node, file, address);
    }

    @Override
    public void fetched(MacAddress node, String file) {
      table.fetched(node, file);
    }

    @Override
    public void sized(MacAddress node, String file) {
      table.brokeOff(node, file, 0);
    }

    @Override
    public void kernel(MacAddress node, String file, boolean done, Optional<String> note) {
      table.kernel(node, file, done, note);
    }

    @Override
    public void goesOn(MacAddress node) {
      table.goesOn(node);
    }

    @Override
    public void reported(Report report, String from) {
      table.reported(report, from);
    }

    @Override
    public Optional<MacAddress> at(String address) {
      return table.at(address);
    }

    @Override
    public Optional<MacAddress> shownAt(String address) {
      return table.shownAt(address);
    }
  }

  @AfterEach
  void close() {
    site.closeStreams();
    server.close();
  }

  private HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** The server notes that its last byte is out, and the client may have it before. */
  private void awaitStep(String word) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!table.nodes().get(0).step().word().equals(word) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertEquals(word, table.nodes().get(0).step().word());
  }

  /** A connection that is kept would cost each start in BIOS mode a second. */
  @Test
  void anIpxeKeepsNoConnection() throws Exception {
    HttpResponse<byte[]> kept = ask("GET", "/zboot.efi");
    assertTrue(kept.headers().firstValue("Connection").isEmpty());
    for (String path : List.of("/zboot.efi", "/report", "/health", "/no-such-file")) {
      HttpResponse<byte[]> closed = ask("GET", path, "User-Agent", "iPXE/1.21.1");
      assertEquals("close", header(closed, "Connection"), path);
    }
  }

  @Test
  void headSaysWhatGetGives() throws Exception {
    HttpResponse<byte[]> head = ask("HEAD", "/52-54-00-77-00-10/zboot.efi");
    HttpResponse<byte[]> get = ask("GET", "//52-54-00-77-00-10//zboot.efi");
    assertArrayEquals(bytes, get.body());
    for (HttpResponse<byte[]> each : List.of(head, get)) {
      assertEquals(200, each.statusCode());
      assertEquals("400000", header(each, "Content-Length"));
      assertEquals(header(head, "ETag"), header(each, "ETag"));
      assertEquals("bytes", header(each, "Accept-Ranges"));
    }
    awaitStep("fetched");
    assertEquals(MAC, table.nodes().get(0).mac().value());
  }

  @Test
  void rangesAndConditions() throws Exception {
    String tag = header(ask("HEAD", "/zboot.lkrn"), "ETag");
    record Case(int status, int from, int to, String... headers) {}
    for (Case each :
        List.of(
            new Case(206, 0, 1, "Range", "bytes=0-0"),
            new Case(206, 399_990, 400_000, "Range", "bytes=-10"),
            new Case(206, 399_000, 400_000, "Range", "bytes=399000-"),
            new Case(206, 5, 400_000, "Range", "bytes=5-999999999"),
            new Case(206, 5, 9, "Range", "bytes=5-8", "If-Range", tag),
            new Case(200, 0, 400_000, "Range", "bytes=5-8", "If-Range", "\"other\""),
            new Case(200, 0, 400_000, "Range", "bytes=0-1,5-8"),
            new Case(200, 0, 400_000, "Range", "bytes=8-5"),
            new Case(200, 0, 400_000, "Range", "lines=0-1"),
            new Case(416, 0, 0, "Range", "bytes=400000-"),
            new Case(416, 0, 0, "Range", "bytes=-0"),
            new Case(304, 0, 0, "If-None-Match", tag),
            new Case(304, 0, 0, "If-None-Match", "\"x\", W/" + tag),
            new Case(200, 0, 400_000, "If-None-Match", "\"x\""))) {
      HttpResponse<byte[]> answer = ask("GET", "/zboot.lkrn", each.headers());
      String what = String.join(" ", each.headers());
      assertEquals(each.status(), answer.statusCode(), what);
      assertArrayEquals(Arrays.copyOfRange(bytes, each.from(), each.to()), answer.body(), what);
      if (each.status() == 206) {
        assertEquals(
            "bytes " + each.from() + "-" + (each.to() - 1) + "/400000",
            header(answer, "Content-Range"));
      }
    }
  }

  @Test
  void curlResumesAndAcceptsEverything() throws Exception {
    Path got = folder.resolve("got");
    Files.write(got, Arrays.copyOf(bytes, 100_001));
    ForeignTool curl = ForeignTool.require("curl");
    String url = "http://127.0.0.1:" + port + "/zboot.efi";
    curl.run("-sS", "-f", "-C", "-", "-o", got.toString(), url).ok();
    assertArrayEquals(bytes, Files.readAllBytes(got));
    curl.run("-sS", "-f", "-0", "-o", got.toString(), url).ok();
    assertArrayEquals(bytes, Files.readAllBytes(got));
    assertTrue(curl.run("-sS", "-I", "-0", url).ok().contains("Content-Length: 400000"));
  }

  @Test
  void scriptIsThatOfTheNodeAndOfTheAddressItReached() throws Exception {
    String expected = "#!ipxe\n# " + MAC + " 127.0.0.1\n";
    for (String path : List.of("/" + MAC + "/zboot.ipxe", "/zboot.ipxe?mac=" + MAC)) {
      assertEquals(expected, new String(ask("GET", path).body(), StandardCharsets.US_ASCII), path);
    }
  }

  @Test
  void noReportChangesWhichScriptSomebodyGets() throws Exception {
    String nobody = "#!ipxe\n#  127.0.0.1\n";
    assertEquals(nobody, new String(ask("GET", "/zboot.ipxe").body(), StandardCharsets.US_ASCII));
    String report = "/report?step=address&ip=127.0.0.1&mac=";
    assertEquals(200, ask("GET", report + "52:54:00:77:00:22").statusCode());
    assertEquals(nobody, new String(ask("GET", "/zboot.ipxe").body(), StandardCharsets.US_ASCII));
    table.chose(new MacAddress(MAC), false, Optional.empty(), Optional.of("127.0.0.1")); // by DHCP
    assertEquals(200, ask("GET", report + "52:54:00:77:00:22").statusCode());
    String own = "#!ipxe\n# " + MAC + " 127.0.0.1\n";
    assertEquals(own, new String(ask("GET", "/zboot.ipxe").body(), StandardCharsets.US_ASCII));
  }

  @Test
  void nothingElseIsThere() throws Exception {
    for (String path :
        List.of(
            "/x",
            "/zboot.efi/",
            "/../zboot.efi",
            "/%2e%2e/etc/passwd",
            "/..%2fzboot.efi",
            "/page.html",
            "/a/b/zboot.efi",
            "/01-00-00-00-00-00/zboot.efi",
            "/zboot.efi%00",
            "/" + "a".repeat(3000))) {
      int status = ask("GET", path).statusCode();
      assertTrue(status == 404 || status == 400, path + " gives " + status);
    }
    for (String method : List.of("PUT", "DELETE", "POST", "TRACE")) {
      assertEquals(405, ask(method, "/zboot.efi").statusCode(), method);
    }
  }

  @Test
  void reportsMoveTheNodeAndStrangeOnesDoNoHarm() throws Exception {
    String report = "/report?mac=" + MAC + "&step=";
    assertEquals(200, ask("GET", report + "kernel&ip=192.0.2.9&image=AB12").statusCode());
    assertEquals(
        200, ask("GET", report + "failed&error=%1b%5b31m2d126001%0a%3cscript%3e").statusCode());
    assertEquals(200, ask("GET", report + "no-such-step").statusCode());
    for (String bad : List.of("/report", "/report?mac=x&step=kernel", "/report?mac=" + MAC)) {
      assertEquals(400, ask("GET", bad).statusCode(), bad);
    }
    assertEquals(1, table.nodes().size());
    var node = table.nodes().get(0);
    assertEquals("failed", node.step().word());
    assertEquals(Optional.of("?[31m2d126001?<script>"), node.error());
    assertEquals(Optional.of("192.0.2.9"), node.address());
  }

  @Test
  void firstReportSaysWhoTells() throws Exception {
    String path = "/report?mac=" + MAC + "&step=address&ip=192.0.2.9&card=rtl8168";
    assertEquals(200, ask("GET", path + "&serial=a%20%7C%26&image=X&firmware=UEFI").statusCode());
    var node = table.nodes().get(0);
    assertEquals(Optional.of("a |&"), node.serial());
    assertEquals("UEFI", node.firmware());
    assertEquals(Optional.of("rtl8168"), node.card());
    for (var serial :
        Map.of("417c2b2225", "A|+\"%", "4Z", "hex", "414", "hex", "1b5bc3a9", "?[?", "", "hex")
            .entrySet()) {
      String hex = "&serial=hex&serial-hex=" + serial.getKey();
      assertEquals(200, ask("GET", path + hex).statusCode());
      assertEquals(Optional.of(serial.getValue()), table.nodes().get(0).serial(), hex);
    }
    String failed = "/report?mac=" + MAC + "&step=failed&code=";
    assertEquals(200, ask("GET", failed + "2d0c613b&error=No%20way.").statusCode());
    assertEquals(Optional.of("No way. (iPXE error 2d0c613b)"), table.nodes().get(0).error());
    assertEquals(200, ask("GET", failed + "2d0c613b").statusCode());
    assertEquals(Optional.of("iPXE error 2d0c613b"), table.nodes().get(0).error());
    assertEquals(200, ask("GET", failed + "&error=No%20way.").statusCode());
    assertEquals(Optional.of("No way."), table.nodes().get(0).error());
  }

  @Test
  void pageMayLoadItsOwnFilesAlone() throws Exception {
    HttpResponse<byte[]> page = ask("GET", "/");
    assertTrue(header(page, "Content-Security-Policy").startsWith("default-src 'none'"));
    String html = new String(page.body(), StandardCharsets.UTF_8);
    assertFalse(html.contains("style=") || html.contains("onclick") || html.contains("http"));
    for (String part : List.of("/page.css", "/page.js")) {
      assertTrue(html.contains("\"" + part + "\""));
      assertEquals(200, ask("GET", part).statusCode());
    }
    assertEquals("ok\n", new String(ask("GET", "/health").body(), StandardCharsets.US_ASCII));
  }

  @Test
  void eventsTellEachChangeOfANode() throws Exception {
    List<String> lines = new ArrayList<>();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(30_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        lines.add(line);
      }
      assertTrue(lines.contains("Content-Type: text/event-stream"), lines.toString());
      table.offered(new MacAddress(MAC), "zboot.efi");
      // A tick while the last one is still being sent is left out: one more has to come, as it
      // does.
      ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
      String data = "";
      ScheduledFuture<?> each = ticks.scheduleAtFixedRate(site::tick, 0, 50, TimeUnit.MILLISECONDS);
      try {
        while (!data.startsWith("data: ")) {
          data = in.readLine();
        }
      } finally {
        each.cancel(true);
        ticks.shutdown();
      }
      assertTrue(data.contains("\"step\":\"offered\""), data);
      assertTrue(data.contains("node-<b>1</b>") || data.contains("\\u003cb"), data);
    }
    HttpResponse<byte[]> api = ask("GET", "/api/nodes");
    String json = new String(api.body(), StandardCharsets.UTF_8);
    assertTrue(json.contains("no DHCP") && json.contains(MAC), json);
    assertTrue(json.contains("\"listed\":3"), "heard of or not: " + json);
  }

  /** The status of a page's stream; it stays open as long as the socket. */
  private static String stream(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    write(socket, "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n");
    byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    return new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length());
  }

  @Test
  void streamsOfOneClientLeaveThePageToOthers() throws Exception {
    List<Socket> open = new ArrayList<>();
    List<String> got = new ArrayList<>();
    try {
      for (int i = 0; i < 70; i++) {
        Socket socket = from("127.0.0.2");
        open.add(socket);
        got.add(stream(socket));
      }
      assertEquals(8, got.stream().filter("200"::equals).count(), got.toString());
      assertEquals(62, got.stream().filter("503"::equals).count(), got.toString());
      try (Socket other = from("127.0.0.3")) {
        assertEquals("200", stream(other));
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    String page = new String(ask("GET", "/page.js").body(), StandardCharsets.UTF_8);
    assertTrue(page.contains("EventSource.CLOSED"), "what a refused page does: ask for the table");
  }

  @Test
  void halfOpenConnectionsStopNobody() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket
            .getOutputStream()
            .write("GET /zboot.efi HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
        idle.add(socket);
      }
      for (int i = 0; i < 100; i++) { // readers that never read
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket
            .getOutputStream()
            .write(
                "GET /zboot.efi HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        idle.add(socket);
      }
      assertArrayEquals(bytes, ask("GET", "/zboot.efi").body());
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  /** From addresses of its own, so that who is cut short is one client and not all. */
  private Socket from(String client) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.bind(new InetSocketAddress(client, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 60_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What a program that only opens connections can take from the others. */
  @Test
  void tenThousandHalfOpenConnectionsOfOneClientKeepNobodyElseOut() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 10_000; i++) {
        Socket socket = from("127.0.0.2");
        idle.add(socket);
        try {
          write(socket, "GET /zboot.efi HTTP/1.1\r\nHo");
        } catch (IOException e) {
          socket.close(); // beyond its share
        }
      }
      try (Socket other = from("127.0.0.3")) {
        other.setSoTimeout(60_000);
        write(other, "GET /zboot.efi HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        byte[] all = other.getInputStream().readAllBytes();
        assertArrayEquals(bytes, Arrays.copyOfRange(all, all.length - bytes.length, all.length));
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void whoBreaksOffHasNotTheFile() {
    List<String> told = new ArrayList<>();
    Callback done = Callback.from(() -> told.add("done"), why -> told.add("broken off"));
    Answers.whenSent(done, () -> told.add("sent")).failed(new IOException("reset"));
    Answers.whenSent(done, () -> told.add("sent")).succeeded();
    assertEquals(List.of("broken off", "done", "sent"), told);
  }

  @Test
  void slowReaderGetsTheWholeFileAlthoughTheServerEnds() throws Exception {
    try (Socket node = from("127.0.0.5")) {
      node.setSoTimeout(30_000);
      write(node, "GET /zboot.efi HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertEquals('H', node.getInputStream().read());
      Thread end = new Thread(server::close);
      end.start();
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      byte[] chunk = new byte[bytes.length / 20];
      for (int count = 0; count >= 0; count = node.getInputStream().read(chunk)) {
        got.write(chunk, 0, count);
        Thread.sleep(20);
      }
      byte[] all = got.toByteArray();
      assertArrayEquals(bytes, Arrays.copyOfRange(all, all.length - bytes.length, all.length));
      end.join();
    }
  }

  @Test
  void pathTricksFindNothing() throws Exception {
    for (String path :
        List.of(
            "/../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/zboot.efi/../../etc/passwd",
            "//etc/passwd",
            "/kernel/../tls-root.pem",
            "/zboot.efi%00.txt",
            "/zboot.efi;x=1/../..",
            "/tls-root.pem",
            "/" + "a/".repeat(1500),
            "\\etc\\passwd",
            "*",
            "http://other.example/zboot.efi/x")) {
      try (Socket socket = from("127.0.0.6")) {
        socket.setSoTimeout(30_000);
        write(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        String first = answer.lines().findFirst().orElse("");
        assertTrue(first.matches("HTTP/1.1 4\\d\\d .*"), path + ": " + first);
        assertFalse(answer.contains("root:") || answer.contains("PRIVATE"), path);
      }
    }
  }
}
