package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.ImageMaker;
import zeroboot.script.ZbootVersion;
import zeroboot.server.service.PublicServer;
import zeroboot.server.service.ServiceOptions;
import zeroboot.server.service.ServiceParts;
import zeroboot.spec.Setting;
import zeroboot.testing.ForeignTool;

/** {@code zboot serve --public}: the addresses of 0-bootstrap, against the command line. */
class PublicServiceTest {
  private static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static PublicServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    IpxeCore core = BundledCore.load();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        PublicServer.start(
            ServiceOptions.at(any), core, new ImageMaker(core), ServiceParts.NONE, LOG::add);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return ask("GET", path, headers);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String[] words(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "/usb/prod/4242, usb --farm-id 4242, zboot-farm4242-main.img",
    "/usb/prod/4242/, usb --farm-id 4242, zboot-farm4242-main.img",
    "/uefimg/prod/4242, usb --farm-id 4242, zboot-farm4242-main.img",
    "/iso/test/1, iso --farm-id 1 --network test, zboot-farm1-test.iso",
    "/uefi/dev/4294967295, efi --farm-id 4294967295 --network dev, zboot-farm4294967295-dev.efi",
    "/krn/qa/7, lkrn --farm-id 7 --network qa, zboot-farm7-qa.lkrn",
    "/ipxe/prod/4242, script --farm-id 4242, zboot-farm4242-main.ipxe",
    "/iso/prod/5/zos-debug, iso --farm-id 5 --zos-debug, zboot-farm5-main.iso",
    "/iso/prod/5/nomodeset%20panic=60, iso --farm-id 5 --kernel-arg nomodeset --kernel-arg"
        + " panic=60, zboot-farm5-main.iso",
    "/usb/dev/5/%20a=1%20%20ssh-user=joe%20vlan:priv=9, usb --farm-id 5 --network dev --ssh-user"
        + " joe --vlan 9 --kernel-arg a=1, zboot-farm5-dev.img",
    "/ipxe/prod/5/relay=wss:______r.example.com, script --farm-id 5 --relay wss://r.example.com,"
        + " zboot-farm5-main.ipxe",
    "/uefi/dev/5/zos-debug/zos-a_1.efi, efi --farm-id 5 --network dev --zos-debug --kernel-url"
        + " https://bootstrap.grid.tf/kernel/zos-a_1.efi, zboot-farm5-dev.efi",
    "/usb/prod/5//net.efi, usb --farm-id 5 --kernel-url https://bootstrap.grid.tf/kernel/net.efi,"
        + " zboot-farm5-main.img",
    "/usb/prod/5/a%3D%22b%20c%22, usb --farm-id 5 --kernel-arg 'a=\"b c\"', zboot-farm5-main.img",
  })
  void addressGivesTheBytesOfTheCommandLine(String path, String command, String name)
      throws Exception {
    List<String> words = new ArrayList<>();
    for (String word : command.replace("a=\"b c\"", "a=\"b_c\"").split(" ", -1)) {
      words.add(word.replace("a=\"b_c\"", "a=\"b c\"").replace("'", ""));
    }
    words.addAll(List.of("-o", "-"));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    HttpResponse<byte[]> got = get(path);
    assertEquals(200, got.statusCode(), () -> text(got));
    assertArrayEquals(run.out(), got.body());
    assertTrue(
        header(got, "Content-Disposition").endsWith("; filename=\"" + name + "\""),
        header(got, "Content-Disposition"));
    HttpResponse<byte[]> head = ask("HEAD", path);
    for (String field : List.of("Content-Length", "ETag", "Content-Type", "Cache-Control")) {
      assertFalse(header(head, field).isEmpty(), field);
      assertEquals(header(got, field), header(head, field));
    }
    assertEquals(run.out().length + "", header(head, "Content-Length"));
    boolean isScript = path.startsWith("/ipxe");
    assertEquals(
        isScript ? "text/plain;charset=utf-8" : "application/octet-stream",
        header(got, "Content-Type"));
  }

  /** An address, and the command line that is as wrong. */
  static Stream<String> wrong() {
    return Stream.of(
        "/iso/prod | iso",
        "/iso/prod/0 | iso --farm-id 0",
        "/iso/prod/4294967296 | iso --farm-id 4294967296",
        "/usb/prod/4,242 | usb --farm-id 4,242",
        "/usb/prod/-1 | usb --farm-id=-1",
        "/uefi/prod/$%7Bx%7D | efi --farm-id ${x}",
        "/krn/main2/1 | lkrn --farm-id 1 --network main2",
        "/ipxe/prod%26%26shell/1 | script --farm-id 1 --network prod&&shell",
        "/ipxe/prod/1/a;shell | script --farm-id 1 --kernel-arg a;shell",
        "/ipxe/prod/1/a%26%26shell | script --farm-id 1 --kernel-arg a&&shell",
        "/ipxe/prod/1/a%7C%7Cshell | script --farm-id 1 --kernel-arg a||shell",
        "/ipxe/prod/1/a=$%7Bnet0___mac%7D | script --farm-id 1 --kernel-arg a=${net0/mac}",
        "/ipxe/prod/1/%23a | script --farm-id 1 --kernel-arg #a",
        "/ipxe/prod/1/%C3%A9 | script --farm-id 1 --kernel-arg \u00e9",
        "/ipxe/prod/1/'a' | script --farm-id 1 --kernel-arg 'a'",
        "/ipxe/prod/1/%22a | script --farm-id 1 --kernel-arg \"a",
        "/ipxe/prod/1/farmer_id=2 | script --farm-id 1 --kernel-arg farmer_id=2",
        "/ipxe/prod/1/farmer-id=2 | script --farm-id 1 --kernel-arg farmer-id=2",
        "/ipxe/prod/1/%22farmer_id%22=2 | script --farm-id 1 --kernel-arg \"farmer_id\"=2",
        "/ipxe/prod/1/runmode=dev | script --farm-id 1 --kernel-arg runmode=dev",
        "/ipxe/prod/1/ssh-user | script --farm-id 1 --kernel-arg ssh-user",
        "/ipxe/dev/1/ssh-user=a_b | script --farm-id 1 --network dev --ssh-user a_b",
        "/ipxe/prod/1/vlan:priv=4095 | script --farm-id 1 --vlan 4095",
        "/ipxe/prod/1/version=v4 | script --farm-id 1 --zos-version v4",
        "/ipxe/prod/1/a=1%20a=2 | script --farm-id 1 --kernel-arg a=1 --kernel-arg a=2");
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void badWordIsRefusedWithTheSentenceOfTheCommandLine(String both) throws Exception {
    String path = both.substring(0, both.indexOf(" | "));
    List<String> words = new ArrayList<>(List.of(both.substring(path.length() + 3).split(" ", -1)));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertTrue(run.exitCode() == 2 || run.exitCode() == 3, run.err());
    HttpResponse<byte[]> got = get(path);
    assertEquals(400, got.statusCode(), () -> text(got));
    assertTrue(run.err().contains(text(got).strip()), () -> run.err() + " is not " + text(got));
    assertEquals(1, text(got).lines().count(), text(got));
    assertEquals("no-store", header(got, "Cache-Control"));
  }

  @ParameterizedTest
  @CsvSource({
    "/iso, 400, /iso/prod/4242",
    "/iso/prod/1/a/b.efi/more, 400, /iso/prod/4242",
    "/usb/prod/1/a/x%20y.efi, 400, is not the name of a kernel",
    "/usb/prod/1/a/x%3Fy, 400, is not the name of a kernel",
    "/usb/prod/1/a/..%5Cx.efi, 400, cannot be read",
    "/ipxe/..%5Cprod/1, 400, cannot be read",
    "/ipxe/prod/1/a%5C, 400, cannot be read",
    "/ipxe/prod/1/a%00b, 400, cannot be read",
    "/uefi/prod/1%0Ashell, 400, cannot be read",
    "/ipxe/prod/1/a%0Ashell, 400, cannot be read",
    "/ipxe/prod/1/a%0D%0Ashell, 400, cannot be read",
    "/usb/prod/1/a/.., 400, ",
    "/usb/prod/1/vlan:priv=1%20vlan:priv=2, 400, is given twice",
    "/usb/prod/1/a%2Fb, 400, ___",
    "/usb/prod/%C3%28, 400, ___",
    "/ISO/prod/1, 404, /iso/prod/4242",
    "/favicon.ico, 404, /iso/prod/4242",
    "/service.css/x, 404, /iso/prod/4242",
    "/texts.properties, 404, /iso/prod/4242",
    "/kernel/net/prod.efi, 404, zboot inspect",
    "/kernel, 404, zboot inspect",
    "/provision/52:54:00:00:00:01, 404, --config",
    "/debug/prod/1, 410, zos-debug",
    "/snponly/prod/1, 410, /uefi",
    "/krn-generic, 410, --provision-url",
    "/uefi-generic, 410, --provision-url",
    "/krn-provision, 410, --provision-url",
    "/uefi-provision, 410, --provision-url",
    "/images, 410, kernels",
    "/br, 410, kernels",
    "/api/symlink/a/b, 410, published",
    "/generate, 301, /",
    "/expert, 301, /",
    "/health, 200, ok",
  })
  void otherAddressesSayWhatToUse(String path, int status, String words) throws Exception {
    HttpResponse<byte[]> got = get(path);
    assertEquals(status, got.statusCode(), () -> text(got));
    assertTrue(words == null || text(got).contains(words), () -> text(got));
    assertFalse(text(got).contains("Jetty") || text(got).contains("<"), () -> text(got));
    assertEquals(header(got, "Content-Length"), got.body().length + "");
    assertEquals(status == 301 ? "/" : "", header(got, "Location"));
  }

  @Test
  void tagsRangesAndCaches() throws Exception {
    String path = "/iso/prod/4242";
    HttpResponse<byte[]> whole = get(path);
    String tag = header(whole, "ETag");
    String id =
        CliRun.of(words("iso --farm-id 4242 --json -o", folder + "/a.iso"))
            .json()
            .get("imageId")
            .getAsString();
    assertEquals("\"" + id + "-" + ZbootVersion.current() + "-iso\"", tag);
    assertNotEquals(tag, header(get("/usb/prod/4242"), "ETag"));
    assertEquals("public, max-age=300", header(whole, "Cache-Control"));
    String plain = tag.replace("\"", "");
    assertEquals(
        "public, max-age=31536000, immutable", header(get(path + "?v=" + plain), "Cache-Control"));
    assertEquals("public, max-age=300", header(get(path + "?v=other"), "Cache-Control"));
    assertEquals(304, get(path, "If-None-Match", tag).statusCode());
    HttpResponse<byte[]> part = get(path, "Range", "bytes=32768-202000", "If-Range", tag);
    assertEquals(206, part.statusCode());
    assertArrayEquals(Arrays.copyOfRange(whole.body(), 32_768, 202_001), part.body());
    assertEquals(416, get(path, "Range", "bytes=99999999-").statusCode());
    Path got = Files.write(folder.resolve("got"), Arrays.copyOf(whole.body(), 100_001));
    ForeignTool curl = ForeignTool.require("curl");
    String url = "http://127.0.0.1:" + server.port() + path;
    curl.run("-sS", "-f", "-C", "-", "-o", got.toString(), url).ok();
    assertArrayEquals(whole.body(), Files.readAllBytes(got));
    curl.run("-sS", "-f", "-O", "-J", "--output-dir", folder.toString(), url).ok();
    assertArrayEquals(whole.body(), Files.readAllBytes(folder.resolve("zboot-farm4242-main.iso")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?farm=1",
        "/?farm=x",
        "/iso/prod/1",
        "/iso/prod/x",
        "/images",
        "/health",
        "/none",
        "/generate",
        "/usb/a%2Fb",
        "/service.css"
      })
  void everyAnswerIsGuarded(String path) throws Exception {
    HttpResponse<byte[]> got = get(path, "Cookie", "a=b", "X-Forwarded-Host", "evil.example");
    assertTrue(header(got, "Content-Security-Policy").startsWith("default-src 'none'"), path);
    assertEquals("nosniff", header(got, "X-Content-Type-Options"));
    assertEquals("no-referrer", header(got, "Referrer-Policy"));
    assertEquals("DENY", header(got, "X-Frame-Options"));
    for (String field : List.of("Set-Cookie", "Server", "X-Powered-By")) {
      assertEquals("", header(got, field), field);
    }
    assertFalse(text(got).contains("evil.example"));
  }

  @Test
  void otherMethodsAndBrokenRequests() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE")) {
      HttpResponse<byte[]> got = ask(method, "/iso/prod/1");
      assertEquals(405, got.statusCode(), method);
      assertEquals("GET, HEAD", header(got, "Allow"));
    }
    for (String[] each :
        new String[][] {
          {"GET /iso/prod/%zz HTTP/1.1\r\nHost: a\r\n\r\n", " 400 "},
          {"GET /iso/prod/1 HTTP/1.1\r\n\r\n", " 400 "},
          {"GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", " 40"},
          {"GET /usb/" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", " 414 "},
          {"GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(9000) + "\r\n\r\n", " 431 "},
          {"GET / HTTP/1.1\r\nHost: a\"><b>\r\n\r\n", " 400 "},
        }) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(each[0].getBytes(StandardCharsets.US_ASCII));
        byte[] head = socket.getInputStream().readNBytes(17);
        String answer = new String(head, StandardCharsets.US_ASCII);
        assertTrue(answer.contains(each[1]), each[0].substring(0, 20) + ": " + answer);
      }
    }
  }

  @Test
  void logTellsNoFarm() throws Exception {
    LOG.clear();
    get("/iso/prod/31337/ssh-user=somebody");
    get("/?farm=31337");
    get("/31337/x");
    get("/provision/31337");
    server.close();
    start();
    assertEquals(4, LOG.size(), LOG.toString());
    assertFalse(LOG.toString().contains("31337") || LOG.toString().contains("somebody"));
    assertTrue(LOG.toString().matches("(?s).*GET /iso/\\.\\.\\. \\d+, \\d+ bytes, \\d+ ms.*"));
  }

  @Test
  void pageLeadsToTheImageWithoutAScript() throws Exception {
    String form = text(get("/"));
    assertTrue(form.contains("<form method=\"get\" action=\"/\">"), form);
    assertFalse(form.contains("<script") || form.contains("${") || form.contains("@{"), form);
    for (String kind : List.of("usb", "iso", "uefi", "krn", "ipxe")) {
      String page = text(get("/?farm=4242&network=qa&form=" + kind + "&words=relay=wss://r.tf+b"));
      String path = "/" + kind + "/qa/4242/relay=wss:______r.tf%20b";
      assertTrue(page.contains("href=\"" + path + "\""), page);
      assertTrue(page.contains("value=\"http://127.0.0.1:" + server.port() + path + "\""), page);
      byte[] image = get(path).body();
      assertTrue(page.contains(Sha256.hex(image)), page);
      assertTrue(page.contains("4242-qa."), page);
      assertFalse(page.contains("${") || page.contains("@{") || page.contains("<script"), page);
    }
    assertTrue(text(get("/?farm=1")).contains("dd if=zboot-farm1-main.img of=/dev/sdX"));
  }

  /** One field for each row of the table; its sentences, and the images of the command line. */
  @Test
  void specialSettingsAreThoseOfTheTable() throws Exception {
    String form = text(get("/"));
    for (Setting each : Setting.values()) {
      boolean isAbove = List.of("farm-id", "network", "kernel-arg").contains(each.key());
      String field = " name=\"" + each.key() + "\" aria-describedby=\"" + each.key() + "-help\"";
      assertEquals(
          !isAbove || each == Setting.NETWORK,
          form.contains("name=\"" + each.key() + "\""),
          each.key());
      assertEquals(!isAbove, form.contains(field), each.key());
    }
    assertFalse(form.contains("<details open>"), form);
    String page =
        text(
            get(
                "/?farm=7&network=test&form=iso&words=a=b&vlan=12&dns=192.0.2.1+192.0.2.2"
                    + "&zos-debug=true&relay=&on-failure=shell"));
    assertTrue(page.contains("<details open>") && page.contains("value=\"12\""), page);
    Matcher link = Pattern.compile("href=\"(/api/v1/images/iso\\?[^\"]*)\"").matcher(page);
    assertTrue(link.find(), page);
    byte[] image = get(link.group(1).replace("&amp;", "&")).body();
    String command =
        "iso --farm-id 7 --network test --kernel-arg a=b --vlan 12 --dns 192.0.2.1"
            + " --dns 192.0.2.2 --zos-debug --on-failure shell -o -";
    assertArrayEquals(CliRun.of(words(command)).out(), image);
    assertTrue(page.contains(Sha256.hex(image)), page);
    HttpResponse<byte[]> wrong = get("/?farm=7&vlan=4095");
    assertEquals(400, wrong.statusCode());
    CliRun run = CliRun.of("iso", "--farm-id", "7", "--vlan", "4095");
    assertTrue(text(wrong).contains(run.err().strip().replaceFirst("^zboot: ", "")), text(wrong));
    assertFalse(text(get("/?farm=7&gateway=%22%3E%3Cb%3E")).contains("\"><b>"));
  }

  @Test
  void pageSaysWhatIsWrongAndObeysNothing() throws Exception {
    record Case(String query, String words) {}
    for (Case each :
        List.of(
            new Case("farm=0", "farm ID '0': a farm ID is a whole number"),
            new Case("farm=", "the farm ID is missing"),
            new Case("farm=1&network=moon", "there is no such grid network"),
            new Case("farm=1&form=floppy", "use one of usb, iso"),
            new Case("farm=1&words=a___b", "stands for a slash"),
            new Case("farm=1&words=a%26%26b", "would end the boot script"),
            new Case("farm=1&words=a%0Ashell", "holds a line break"),
            new Case("farm=1%0Ashell", "a farm ID is a whole number"),
            new Case("farm=1&words=a%5C", "ends with a backslash"),
            new Case("farm=1&words=a%00b", "only printable ASCII"),
            new Case("farm=%3Cscript%3E%22'", "&lt;script&gt;&quot;"))) {
      HttpResponse<byte[]> got = get("/?" + each.query());
      assertEquals(400, got.statusCode(), each.query());
      assertTrue(text(got).contains("role=\"alert\""), text(got));
      assertTrue(text(got).contains(each.words()), text(got));
      assertFalse(text(got).contains("<script"), text(got));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "0.0.0.0", "::1", "::"})
  void listensAtAnyAddressOfThisMachine(String address) {
    InetSocketAddress at = new InetSocketAddress(address, 0);
    IpxeCore core = BundledCore.load();
    try (PublicServer one =
        PublicServer.start(
            ServiceOptions.at(at), core, new ImageMaker(core), ServiceParts.NONE, LOG::add)) {
      String port = Integer.toString(one.port());
      // Its port is taken: so it would have listened there.
      CliRun run = CliRun.of("serve", "--public", "--address", address, "--http-port", port);
      assertEquals(1, run.exitCode(), run.err());
      assertTrue(run.err().contains("port " + port + "/tcp: taken by java"), run.err());
    }
  }

  @Test
  void badOptionsAreRefused() {
    for (String[] each :
        new String[][] {
          {"serve --public --farm-id 1", "--public: visitors say"},
          {"serve --public --mac-allow 52:54:00:00:00:01", "--public: visitors say"},
          {"serve --public --json", "--public: visitors say"},
          {"serve --public --public-url boot.example.com", "is not the URL of a server"},
          {"serve --public --public-url https://a/b", "is not the URL of a server"},
          {"serve --public-url https://a --farm-id 1", "has no effect without --public"},
          {"serve --public --http-port 70000", "is not a port"},
          {"serve --public --address localhost", "is not an address that a server can"},
          {"serve --public --address 127.0.0.256", "is not an address that a server can"},
          {"serve --public --address 224.0.0.1", "is not an address that a server can"},
          {"serve --public --address 192.0.2.77", "this machine has no such address"},
          {"serve --public --address 2001:db8::7", "this machine has no such address"},
        }) {
      CliRun run = CliRun.of(words(each[0]));
      assertTrue(List.of(1, 2, 3).contains(run.exitCode()), run.err());
      assertTrue(run.err().contains(each[1]), run.err());
    }
  }
}
