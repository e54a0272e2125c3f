package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.ImageMaker;
import zeroboot.server.service.KernelOptions;
import zeroboot.server.service.PublicServer;
import zeroboot.server.service.Seals;
import zeroboot.server.service.ServiceOptions;
import zeroboot.server.service.ServiceParts;
import zeroboot.testing.ForeignTool;

/** Kernels and provisioning of {@code zboot serve --public}. */
class PublicKernelTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private PublicServer serve() {
    IpxeCore core = BundledCore.load();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    KernelOptions kernels =
        new KernelOptions(
            Optional.of(folder),
            Optional.of(new KernelOptions.Publishing(TOKEN, (name, file) -> {})),
            Optional.empty());
    ServiceParts parts = new ServiceParts(Seals.NONE, kernels, Optional.empty());
    return PublicServer.start(
        ServiceOptions.at(any), core, new ImageMaker(core), parts, line -> {});
  }

  private static HttpResponse<byte[]> ask(
      int port, String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    return ask(port, "GET", path, new byte[0], headers);
  }

  private static HttpResponse<byte[]> put(PublicServer server, String path, byte[] body)
      throws IOException, InterruptedException {
    return ask(
        server.port(), "PUT", "/api/v1/kernels/" + path, body, "Authorization", "Bearer " + TOKEN);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(each -> folder.relativize(each) + "")
          .sorted()
          .toList();
    }
  }

  @Test
  void folderIsGivenOutAsItIsNow() throws Exception {
    byte[] kernel = bytes(1, 3_000_000);
    Files.write(folder.resolve("zos-v1.efi"), kernel);
    Files.createDirectory(folder.resolve("net"));
    Files.createSymbolicLink(folder.resolve("net/prod.efi"), Path.of("..", "zos-v1.efi"));
    Files.writeString(folder.resolve(".hidden"), "x");
    try (PublicServer server = serve()) {
      int port = server.port();
      assertEquals("net/prod.efi\nzos-v1.efi\n", text(get(port, "/kernel")));
      HttpResponse<byte[]> got = get(port, "/kernel/net/prod.efi");
      assertArrayEquals(kernel, got.body());
      String tag = got.headers().firstValue("ETag").orElseThrow();
      assertEquals(304, get(port, "/kernel/zos-v1.efi", "If-None-Match", tag).statusCode());
      HttpResponse<byte[]> part = get(port, "/kernel/zos-v1.efi", "Range", "bytes=1000000-1000009");
      assertArrayEquals(Arrays.copyOfRange(kernel, 1_000_000, 1_000_010), part.body());
      JsonObject list =
          JsonParser.parseString(text(get(port, "/api/v1/kernels"))).getAsJsonObject();
      JsonObject first = list.getAsJsonArray("kernels").get(0).getAsJsonObject();
      assertEquals(Sha256.hex(kernel), first.get("sha256").getAsString());
      Path kept = Files.createDirectories(Path.of("target", "openapi"));
      Files.write(kept.resolve("kernels.json"), get(port, "/api/v1/openapi.json").body());
      byte[] newer = bytes(2, 2_000_000);
      Files.write(folder.resolve("zos-v2.efi"), newer);
      Files.delete(folder.resolve("net/prod.efi"));
      Files.createSymbolicLink(folder.resolve("net/prod.efi"), Path.of("..", "zos-v2.efi"));
      assertArrayEquals(newer, get(port, "/kernel/net/prod.efi").body());
      for (String wrong :
          List.of(
              "net",
              ".hidden",
              "net/test.efi",
              "net/x.efi",
              "none",
              "a/b",
              "..",
              "%2e%2e/x",
              "..%2f..%2fetc%2fpasswd",
              "net/..%2fzos-v1.efi",
              "%2fetc%2fpasswd",
              "a%00b")) {
        int status = get(port, "/kernel/" + wrong).statusCode();
        assertTrue(status == 404 || status == 400, wrong + ": " + status);
      }
    }
  }

  @Test
  void publishingIsWholeOrNothing() throws Exception {
    byte[] kernel = bytes(3, 5_000_000);
    try (PublicServer server = serve()) {
      HttpResponse<byte[]> made = put(server, "zos-v3.efi?sha256=" + Sha256.hex(kernel), kernel);
      assertEquals(201, made.statusCode(), () -> text(made));
      assertTrue(text(made).contains(Sha256.hex(kernel)), text(made));
      assertEquals(201, put(server, "net/test.efi?from=zos-v3.efi", new byte[0]).statusCode());
      assertArrayEquals(kernel, get(server.port(), "/kernel/net/test.efi").body());
      String wrong = "zos-v3.efi?sha256=" + Sha256.hex(new byte[1]);
      assertEquals(422, put(server, wrong, bytes(4, 100)).statusCode());
      assertEquals(422, put(server, "zos-v3.efi", new byte[0]).statusCode());
      assertEquals(422, put(server, "net/qa.efi?from=none.efi", new byte[0]).statusCode());
      assertEquals(422, put(server, "net/qa.efi?from=..%2Fx", new byte[0]).statusCode());
      for (String name : List.of("net", "net/x.efi", ".x", "a%2Fb", "..", "%2e%2e", "a%20b")) {
        int status = put(server, name, bytes(4, 100)).statusCode();
        assertTrue(status == 400 || status == 404, name + ": " + status);
      }
      assertArrayEquals(kernel, get(server.port(), "/kernel/zos-v3.efi").body());
      assertEquals(List.of("net/test.efi", "zos-v3.efi"), files());
    }
  }

  /** Who reads while another kernel takes the place gets one of the two, whole. */
  @Test
  void readersGetOneOrTheOther() throws Exception {
    byte[] one = bytes(5, 4_000_000);
    byte[] two = bytes(6, 4_000_000);
    AtomicBoolean ends = new AtomicBoolean();
    try (PublicServer server = serve()) {
      assertEquals(201, put(server, "k.efi", one).statusCode());
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; !ends.get(); i++) {
                  try {
                    put(server, "k.efi", i % 2 == 0 ? two : one);
                  } catch (IOException | InterruptedException e) {
                    return;
                  }
                }
              });
      writer.start();
      for (int i = 0; i < 30; i++) {
        byte[] got = get(server.port(), "/kernel/k.efi").body();
        assertTrue(Arrays.equals(one, got) || Arrays.equals(two, got), "a mixture");
      }
      ends.set(true);
      writer.join();
    }
  }

  @Test
  void tokenIsNotGuessed() throws Exception {
    try (PublicServer server = serve()) {
      String path = "/api/v1/kernels/x.efi";
      for (String wrong :
          List.of("Bearer " + TOKEN.substring(1), "Bearer ", TOKEN, "Basic " + TOKEN, "Bearer x")) {
        HttpResponse<byte[]> got =
            ask(server.port(), "PUT", path, new byte[9], "Authorization", wrong);
        assertEquals(401, got.statusCode(), wrong);
        assertFalse(text(got).contains(TOKEN), text(got));
      }
      HttpResponse<byte[]> late =
          ask(server.port(), "PUT", path, new byte[9], "Authorization", "Bearer " + TOKEN);
      assertEquals(429, late.statusCode(), "the right one among too many guesses");
      assertTrue(late.headers().firstValueAsLong("Retry-After").orElse(0) >= 1);
      assertEquals(List.of(), files());
    }
    try (PublicServer server = serve()) {
      assertEquals(405, ask(server.port(), "DELETE", "/kernel/x", new byte[0]).statusCode());
      int plain = ask(server.port(), "PUT", "/iso/prod/1", new byte[9]).statusCode();
      assertTrue(plain == 405 || plain == 413, "status " + plain);
    }
  }

  private Process start(Path out, String... more) throws Exception {
    ArrayList<String> words = new ArrayList<>();
    words.addAll(List.of("serve", "--public", "--address", "127.0.0.1"));
    words.addAll(List.of(more));
    return ZbootProcess.serving(ZbootProcess.command(words.toArray(String[]::new)), out);
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  @Test
  void unsignedKernelIsNotPublishedWhereSignaturesAreWanted() throws Exception {
    FarmKeys keys = FarmKeys.make(folder);
    Path kernels = Files.createDirectory(folder.resolve("kernels"));
    Path plain = folder.resolve("plain.efi");
    CliRun.of("efi", "--farm-id", "1", "-o", plain.toString());
    Path signed = folder.resolve("signed.efi");
    CliRun run =
        CliRun.of(
            keys.with(
                "efi",
                "--farm-id",
                "1",
                "--secure-boot-key",
                keys.file("db.p12"),
                "-o",
                signed.toString()));
    assertEquals(0, run.exitCode(), run.err());
    Process process =
        start(
            folder.resolve("out"),
            "--http-port",
            "18467",
            "--kernels",
            kernels.toString(),
            "--publish-token",
            secret("token", TOKEN + "\n").toString(),
            "--publish-cert",
            keys.file("db.pem"));
    try {
      String url = "http://127.0.0.1:18467/api/v1/kernels/k.efi";
      ForeignTool curl = ForeignTool.require("curl");
      String header = "Authorization: Bearer " + TOKEN;
      String no = curl.run("-sS", "-T", plain.toString(), "-H", header, url).ok();
      assertTrue(no.contains("has no signature of whom this server trusts"), no);
      byte[] changed = Files.readAllBytes(signed);
      changed[changed.length / 2] ^= 1;
      Path bad = Files.write(folder.resolve("bad.efi"), changed);
      assertTrue(
          curl.run("-sS", "-T", bad.toString(), "-H", header, url)
              .ok()
              .contains("has no signature"));
      assertEquals(404, get(18467, "/kernel/k.efi").statusCode());
      curl.run("-sSf", "-T", signed.toString(), "-H", header, url).ok();
      assertArrayEquals(Files.readAllBytes(signed), get(18467, "/kernel/k.efi").body());
    } finally {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void nodesAreToldByProfilesThatAreReadAgain() throws Exception {
    Path profiles = Files.createDirectory(folder.resolve("profiles"));
    String rack =
        """
        farm-id: 4242
        network: test
        nodes:
          - name: one
            mac: 52:54:00:00:00:01
            zos-debug: true
        """;
    Files.writeString(profiles.resolve("a.yaml"), rack);
    Path out = folder.resolve("out");
    Process process = start(out, "--http-port", "18468", "--provision", profiles.toString());
    try {
      HttpResponse<byte[]> known = get(18468, "/provision/52-54-00-00-00-01");
      assertEquals(200, known.statusCode(), () -> text(known));
      assertTrue(text(known).startsWith("#!ipxe\n"), text(known));
      assertTrue(text(known).contains("zos-debug"), text(known));
      assertTrue(text(known).contains("\nclear provision ||\n"), text(known));
      String unknown = text(get(18468, "/provision/52:54:00:00:00:02"));
      assertTrue(
          unknown.startsWith("#!ipxe\n") && unknown.contains("does not know this node"), unknown);
      assertTrue(
          unknown.contains("chain --replace http://127.0.0.1:18468/provision/52:54:00:00:00:02 "),
          unknown);
      for (String wrong :
          List.of("x", "52:54:00:00:00", "01:00:5e:00:00:01", "%24%7Bx%7D", "a%0Ashell")) {
        HttpResponse<byte[]> got = get(18468, "/provision/" + wrong);
        assertEquals(400, got.statusCode(), wrong);
        assertFalse(text(got).startsWith("#!"), wrong);
      }
      assertEquals(404, get(18468, "/provision").statusCode());
      Files.writeString(profiles.resolve("b.yaml"), rack);
      await(out, "Nodes are told what they were told before.");
      assertTrue(
          Files.readString(out).contains("the node 52:54:00:00:00:01 is in "),
          Files.readString(out));
      assertEquals(text(known), text(get(18468, "/provision/52:54:00:00:00:01")));
      Files.writeString(profiles.resolve("b.yaml"), rack.replace(":01", ":02"));
      await(out, "taken over, 2 nodes");
      assertTrue(text(get(18468, "/provision/52:54:00:00:00:02")).contains("4242"));
    } finally {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
  }

  private static void await(Path out, String words) throws Exception {
    for (int i = 0; i < 600 && !Files.readString(out).contains(words); i++) {
      Thread.sleep(100);
    }
    assertTrue(Files.readString(out).contains(words), Files.readString(out));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--public --kernels none | is no folder",
        "--public --publish-token x | has no effect without --kernels",
        "--public --publish-cert x | has no effect without --publish-token",
        "--public --kernels . --mirror m | takes the place of --mirror",
        "--public --kernel-hash x | has no effect without --mirror",
        "--public --provision none.yaml | none.yaml",
        "--farm-id 1 --kernels . | has no effect without --public",
        "--farm-id 1 --provision . | has no effect without --public",
      })
  void badOptionsAreRefused(String both) {
    String[] parts = both.split(" \\| ", -1);
    CliRun run = CliRun.of(("serve " + parts[0]).split(" ", -1));
    assertTrue(List.of(1, 2, 3).contains(run.exitCode()), run.err());
    assertTrue(run.err().contains(parts[1]), run.err());
  }

  @Test
  void badTokensAreRefused() throws Exception {
    Path open = Files.writeString(folder.resolve("open"), TOKEN);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    for (Path token : List.of(open, secret("short", "abc"), secret("two", TOKEN + "\n" + TOKEN))) {
      CliRun run =
          CliRun.of("serve", "--public", "--kernels", ".", "--publish-token", token.toString());
      assertEquals(3, run.exitCode(), run.err());
      assertFalse(run.err().contains(TOKEN), run.err());
    }
  }
}
