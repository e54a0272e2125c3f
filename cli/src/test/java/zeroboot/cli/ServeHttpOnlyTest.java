package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.TrustRoot;
import zeroboot.server.net.LocalInterface;
import zeroboot.signing.keys.KeyFile;
import zeroboot.signing.keys.ServerRoot;
import zeroboot.signing.keys.TlsRoot;

/** {@code zboot serve --http-only} as a process: what its options do to nodes and the mirror. */
class ServeHttpOnlyTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Pattern MIRRORED =
      Pattern.compile("https?://[0-9.:]+(/kernel/[0-9a-f]+/[a-z]+)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Like the root, so made once. */
  @TempDir private static Path shared;

  private static byte[] kernel = new byte[0];
  private static String root = "";
  private static Issued server = unset();

  @TempDir private Path folder;
  private OpensslServer upstream;
  private String url = "";
  private LocalInterface here;
  private int port;

  @SuppressWarnings("NullAway") // replaced before the first test
  private static Issued unset() {
    return null;
  }

  @BeforeAll
  static void make() throws IOException {
    Issued authority = Issued.issue("CN=Root", Issued.rsa(2048), null, DAY.negated(), DAY, "");
    server =
        Issued.issue("CN=127.0.0.1", Issued.rsa(2048), authority, DAY.negated(), DAY, "127.0.0.1");
    OpensslServer.pem(shared.resolve("ca.pem"), authority.certificate());
    root = fingerprint(shared.resolve("ca.pem"));
    kernel = new byte[300_001];
    new Random(7).nextBytes(kernel);
    try (OutputStream out = Files.newOutputStream(shared.resolve("k"))) {
      String head =
          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + kernel.length + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(kernel);
    }
  }

  @BeforeEach
  void begin() throws IOException {
    here =
        LocalInterface.all().stream()
            .filter(LocalInterface::hasBroadcast)
            .findFirst()
            .orElseGet(() -> Assumptions.abort("this machine is in no network"));
    upstream = OpensslServer.start(shared, List.of(server), List.of());
    url = "https://127.0.0.1:" + upstream.port() + "/k";
    port = freePort();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  @AfterEach
  void end() {
    upstream.close();
  }

  private static String fingerprint(Path certificate) {
    return new TlsRoot(KeyFile.certificates(certificate).get(0)).trust().sha256();
  }

  private interface Served {
    void look() throws Exception;
  }

  private void serving(Served then, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("serve", "--http-only"));
    words.addAll(List.of("--http-port", port + ""));
    words.addAll(List.of("--interface", here.name(), "--address", here.address().toString()));
    words.addAll(List.of(more));
    Process process =
        ZbootProcess.serving(
            ZbootProcess.command(words.toArray(String[]::new)), folder.resolve("said"));
    try {
      then.look();
    } finally {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
  }

  private String[] farm(String... more) {
    List<String> all = new ArrayList<>(List.of("--farm-id", "4242", "--kernel-url", url));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private String[] rooted(String... more) {
    List<String> all = new ArrayList<>(List.of(farm()));
    all.addAll(List.of("--trust-root", shared.resolve("ca.pem") + ""));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private String mirror() {
    return folder.resolve("mirror").toString();
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://" + here.address() + ":" + port + path))
            .timeout(Duration.ofMinutes(2))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private String ownRoot() {
    return ServerRoot.keep(Path.of(mirror(), "tls-root.pem"), Instant.now()).trust().sha256();
  }

  private byte[] file(String name) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get("/" + name);
    assertEquals(200, answer.statusCode(), name);
    return answer.body();
  }

  private JsonObject inspected(String name) throws IOException, InterruptedException {
    CliRun run =
        CliRun.of("inspect", "--json", Files.write(folder.resolve(name), file(name)).toString());
    assertEquals(0, run.exitCode(), run.err());
    return run.json();
  }

  private void assertTrusts(String wanted, String name) throws Exception {
    JsonObject seen = inspected(name);
    assertEquals(wanted, seen.getAsJsonObject("core").get("trustRootSha256").getAsString(), name);
    assertTrue(seen.get("asMade").getAsBoolean(), name);
  }

  private String script() throws Exception {
    return new String(file("zboot.ipxe"), StandardCharsets.US_ASCII);
  }

  /** What nodes fetch from the mirror by what they were told. */
  private HttpResponse<byte[]> mirrored(String told) throws Exception {
    Matcher path = MIRRORED.matcher(told);
    assertTrue(path.find(), told);
    return get(path.group(1));
  }

  @Test
  void nodesTrustThatRootAlone() throws Exception {
    serving(
        () -> {
          assertTrusts(root, "zboot.efi");
          assertTrusts(root, "zboot.lkrn");
          assertTrusts(root, "zboot-snp.efi");
          assertTrue(script().contains("set pinned yes"), script());
        },
        rooted());
  }

  @Test
  void mirrorFetchesUnderThatRoot() throws Exception {
    serving(
        () -> {
          HttpResponse<byte[]> answer = mirrored(script());
          assertEquals(200, answer.statusCode(), Files.readString(folder.resolve("said")));
          assertArrayEquals(kernel, answer.body());
          assertTrusts(root, "zboot.efi");
        },
        rooted("--mirror", mirror()));
  }

  @Test
  void withoutItNeitherNodesNorTheMirrorTrustIt() throws Exception {
    serving(
        () -> {
          assertEquals(502, mirrored(script()).statusCode());
          assertFalse(script().contains("set pinned yes"), script());
          assertTrusts(TrustRoot.IPXE.sha256(), "zboot.efi");
        },
        farm("--mirror", mirror()));
  }

  @Test
  void serverUnderAnotherRootGivesTheMirrorNothing() throws Exception {
    Issued other = Issued.issue("CN=Other", Issued.rsa(2048), null, DAY.negated(), DAY, "");
    OpensslServer.pem(folder.resolve("other.pem"), other.certificate());
    serving(
        () -> assertEquals(502, mirrored(script()).statusCode()),
        farm("--mirror", mirror(), "--trust-root", folder.resolve("other.pem").toString()));
  }

  /** UEFI loaders fetch from the mirror alone, all else from the kernel's own server. */
  @Test
  void sealedMirrorHasARootOfItsOwnAndFetchesUnderThatOne() throws Exception {
    FarmKeys keys = FarmKeys.make(folder);
    String[] options =
        rooted(
            "--mirror",
            mirror(),
            "--https-port",
            freePort() + "",
            "--secure-boot-key",
            keys.file("db.p12"),
            "--password-file",
            keys.passwordFile().toString());
    serving(
        () -> {
          String own = ownRoot();
          assertTrusts(own, "zboot.efi");
          assertTrusts(own, "zboot-snp.efi");
          assertTrusts(root, "zboot.lkrn");
          HttpResponse<byte[]> answer = mirrored(inspected("zboot.efi").toString());
          assertEquals(200, answer.statusCode(), Files.readString(folder.resolve("said")));
          assertArrayEquals(kernel, answer.body());
        },
        options);
  }

  /** What must not be signed when it starts must not be signed later. */
  @Test
  void editedProfileIsSignedOnlyIfItMayBe() throws Exception {
    FarmKeys keys = FarmKeys.make(folder);
    String good = "farm-id: 4242\nkernel-url: " + url + "\n";
    Path profile = Files.writeString(folder.resolve("farm.yaml"), good);
    serving(
        () -> {
          byte[] before = file("zboot.efi");
          Files.writeString(profile, good.replace("https:", "http:"));
          await("is plain HTTP");
          assertArrayEquals(before, file("zboot.efi"));
          Files.writeString(profile, good + "on-failure: shell\n");
          await("a command line would");
          assertArrayEquals(before, file("zboot.efi"));
          Files.writeString(profile, good + "on-failure: poweroff\n");
          await("taken over");
        },
        "--config",
        profile.toString(),
        "--secure-boot-key",
        keys.file("db.p12"),
        "--password-file",
        keys.passwordFile().toString());
  }

  private void await(String words) throws Exception {
    Path log = folder.resolve("said");
    for (int i = 0; i < 1200; i++) {
      if (Files.readString(log).contains(words)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(words + " in " + Files.readString(log));
  }

  @Test
  void rootThatIsNoneIsRefusedBeforeAnythingIsOpened() throws IOException {
    for (String form : List.of("--http-only", "--public")) {
      List<String> words = new ArrayList<>(List.of("serve", form, "--mirror", mirror()));
      words.addAll(List.of("--trust-root", shared.resolve("k").toString()));
      if (form.equals("--http-only")) {
        words.addAll(List.of("--farm-id", "4242", "--interface", here.name()));
      }
      CliRun run = CliRun.of(words.toArray(String[]::new));
      assertEquals(3, run.exitCode(), run.err());
      assertTrue(run.err().contains("holds no certificate"), run.err());
      assertFalse(Files.exists(Path.of(mirror())), run.err());
    }
  }
}
