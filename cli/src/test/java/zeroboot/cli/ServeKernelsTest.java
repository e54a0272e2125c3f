package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import zeroboot.cli.serve.KernelChecks;
import zeroboot.cli.serve.ProfileWatch;
import zeroboot.cli.serve.ServeFiles;
import zeroboot.cli.serve.ServeRacks;
import zeroboot.cli.settings.SettingsOptions;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.ImageMaker;
import zeroboot.profile.Profile;
import zeroboot.server.files.BootFiles;
import zeroboot.server.mirror.KernelCopy;
import zeroboot.server.mirror.KernelMirror;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.KernelUrl;
import zeroboot.spec.MacAddress;
import zeroboot.testing.HttpStub;

/** A profile says how kernels are proved, and the mirror of {@code zboot serve} obeys it. */
class ServeKernelsTest {
  private static final Ipv4Address US = Ipv4Address.parse("server", "192.0.2.3");
  private static final LocalInterface ETH0 =
      new LocalInterface("eth0", 2, US, 24, Optional.empty(), true);
  private static final MacAddress NODE = new MacAddress("02:00:00:00:00:01");

  private final byte[] kernel = new byte[200_003];
  private final HttpStub upstream = new HttpStub();
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final SettingsOptions options = new SettingsOptions();
  @TempDir private Path folder;
  private Path profile;
  private String url = "";
  private KernelMirror mirror;
  private long changes;

  @BeforeEach
  void begin() throws IOException {
    new Random(5).nextBytes(kernel);
    gives("/k", kernel);
    url = upstream.url("/k").replace("10.0.2.2", "127.0.0.1");
    profile = folder.resolve("farm.yaml");
    mirror = open(Set.of());
  }

  private KernelMirror open(Set<String> wanted) {
    return KernelMirror.open(folder.resolve("mirror"), wanted, Clock.systemUTC(), log::add);
  }

  @AfterEach
  void end() {
    mirror.close();
    upstream.close();
  }

  private void gives(String path, byte[] bytes) throws IOException {
    Path file = Files.createTempFile(folder, "given", "");
    upstream.on(path, HttpStub.file(Files.write(file, bytes)));
  }

  /** The profile, with these lines; newer than the one before. */
  private void write(String... lines) throws IOException {
    Files.writeString(
        profile, "farm-id: 4242\nkernel-url: " + url + "\n" + String.join("\n", lines) + "\n");
    Files.setLastModifiedTime(profile, FileTime.from(Instant.ofEpochSecond(++changes)));
  }

  private ServeFiles serve() {
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();
    spec.addMixin("settings", CommandLine.Model.CommandSpec.forAnnotatedObject(options));
    options.addTo(spec);
    new CommandLine(spec).parseArgs("--config", profile.toString());
    IpxeCore core = BundledCore.load();
    ServeRacks.Mirrored by = new ServeRacks.Mirrored(mirror, false, 80, false);
    return new ServeFiles(
        ServeFiles.alike(
            core, new ImageMaker(core), new ServeRacks(List.of(ETH0), 80, Optional.of(by))),
        options.toRack(),
        checks(options.profile()));
  }

  private KernelChecks checks(Profile read) {
    return KernelChecks.of(options, read, true, Clock.systemUTC());
  }

  private static String script(ServeFiles files, MacAddress node) {
    byte[] bytes = files.file(BootFiles.Kind.SCRIPT, Optional.of(node), US).bytes();
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** What the mirror gives to a node that fetches this: all of it, or nothing at all. */
  private Optional<byte[]> fetch(String of) throws Exception {
    String path = mirror.add(KernelUrl.parse(of));
    try {
      KernelCopy copy = mirror.ask(path).orElseThrow().get(1, TimeUnit.MINUTES);
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      while (got.size() < copy.size()) {
        ByteBuffer piece = ByteBuffer.allocate(1 << 14);
        int count = copy.read(got.size(), piece);
        got.write(piece.array(), 0, count);
        if (count == 0) {
          CompletableFuture<Integer> more = new CompletableFuture<>();
          copy.whenMore(got.size(), () -> more.complete(0));
          more.get(1, TimeUnit.MINUTES);
        }
      }
      return Optional.of(got.toByteArray());
    } catch (ExecutionException | IOException e) {
      return Optional.empty();
    }
  }

  private void assertFetched(String of) throws Exception {
    assertArrayEquals(kernel, fetch(of).orElseThrow(() -> new AssertionError(log)));
  }

  @Test
  void nodesOfAProvedKernelFetchItFromTheMirrorAlone() throws Exception {
    String second = url.replace("/k", "/second");
    gives("/second", new byte[70_000]);
    write(
        "nodes:",
        "- name: proved",
        "  mac: " + NODE,
        "  kernel-url: " + second,
        "  kernel-sha256: " + Sha256.hex(kernel).toUpperCase(java.util.Locale.ROOT),
        "- name: other",
        "  mac: 02:00:00:00:00:02");
    ServeFiles files = serve();
    String proved = script(files, NODE);
    assertTrue(proved.contains("http://192.0.2.3/kernel/"), proved);
    assertFalse(proved.contains(second), "past the mirror nobody looks at it: " + proved);
    String other = script(files, new MacAddress("02:00:00:00:00:02"));
    assertTrue(other.contains(url), "its own server stands in for the mirror: " + other);
    assertEquals(Optional.empty(), fetch(second).map(bytes -> bytes.length));
    assertTrue(log.toString().contains("its SHA-256 is"), log.toString());
    assertFetched(url);
  }

  @Test
  void hashOfTheCommandLineLeavesNoWayPastTheMirror() throws Exception {
    mirror.close();
    mirror = open(Set.of(Sha256.hex(kernel)));
    write();
    assertFalse(script(serve(), NODE).contains(url));
  }

  @Test
  void signatureIsJudgedAsVerifyJudgesIt() throws Exception {
    FarmKeys keys = FarmKeys.make(folder);
    FarmKeys strangers = FarmKeys.make(Files.createDirectory(folder.resolve("stranger")));
    Path file = Files.write(folder.resolve("k"), kernel);
    CliRun signed = CliRun.of(keys.with("sign", "--key", keys.file("sign.p12"), file.toString()));
    assertEquals(0, signed.exitCode(), signed.err());
    gives("/k.sig", Files.readAllBytes(folder.resolve("k.sig")));
    write("kernel-signer: " + strangers.file("sign.pem"));
    ServeFiles files = serve();
    ProfileWatch watch = new ProfileWatch(options, files, rack -> {}, this::checks, log::add);
    assertEquals(Optional.empty(), fetch(url).map(bytes -> bytes.length));
    assertTrue(log.toString().contains("whom kernel-signer does not name"), log.toString());
    write("kernel-signer: [" + strangers.file("sign.pem") + ", " + keys.file("sign.pem") + "]");
    watch.look();
    assertFetched(url);
    assertFalse(script(files, NODE).contains(url));
  }

  @Test
  void editedProfileHoldsAtOnceAndAWrongOneChangesNothing() throws Exception {
    write("kernel-sha256: " + Sha256.hex(new byte[1]));
    ServeFiles files = serve();
    ProfileWatch watch = new ProfileWatch(options, files, rack -> {}, this::checks, log::add);
    assertEquals(Optional.empty(), fetch(url).map(bytes -> bytes.length));
    for (String wrong :
        List.of(
            "kernel-sha256: abc",
            "kernel-signer: " + folder.resolve("none.pem"),
            "kernel-signature: k.sig",
            "kernel-sha256: []")) {
      write(wrong);
      watch.look();
      assertTrue(
          log.get(log.size() - 1).startsWith("Warning: The settings stay as they were. "), wrong);
      assertEquals(Optional.empty(), fetch(url).map(bytes -> bytes.length), wrong);
    }
    write("kernel-sha256: [" + Sha256.hex(new byte[1]) + ", " + Sha256.hex(kernel) + "]");
    watch.look();
    assertTrue(log.get(log.size() - 1).contains("taken over"), log.toString());
    assertFetched(url);
    write("kernel-sha256: " + Sha256.hex(new byte[2]));
    watch.look();
    assertEquals(Optional.empty(), fetch(url).map(bytes -> bytes.length));
  }

  @Test
  void whatCannotBeProvedIsRefusedBeforeAnyPortIsOpened() throws IOException {
    String hash = Sha256.hex(kernel);
    String other = Sha256.hex(new byte[1]);
    write("kernel-sha256: " + hash);
    refused(profile + ":3:16: kernels are proved by a mirror alone", false);
    write("kernel-signature: k.sig");
    refused(profile + ":3:19: a signature proves nothing as long as", true);
    write("kernel-signer: none.pem");
    refused("none.pem: no such file", true);
    write("kernel-sha256: 12");
    refused(profile + ":3:16: kernel-sha256 is not a SHA-256", true);
    write("kernel-signer: ''");
    refused(profile + ":3:16: kernel-signer names nothing", true);
    write("kernel-signer: s.pem", "kernel-signature: ftp://192.0.2.1/k.sig");
    refused(profile + ":4:19: ", true);
    write("kernel-signature: [a, b]");
    refused(profile + ":3:19: kernel-signature has to be text", true);
    write("kernel-sha265: " + hash);
    refused("did you mean kernel-sha256?", true);
    write(
        "nodes:",
        "- {name: a, mac: 02:00:00:00:00:01, kernel-sha256: " + hash + "}",
        "- {name: b, mac: 02:00:00:00:00:02, kernel-sha256: " + other + "}");
    refused("is proved otherwise at " + profile + ":4:52", true);
    Files.writeString(
        profile, "provision-url: https://boot.example.com/\nkernel-sha256: " + hash + "\n");
    refused(profile + ":2:16: has no effect with a provision-url", true);
  }

  private void refused(String words, boolean mirrored) {
    List<String> line = new ArrayList<>(List.of("serve", "--http-only", "--config", profile + ""));
    if (mirrored) {
      line.addAll(List.of("--mirror", folder.resolve("another").toString()));
    }
    CliRun run = CliRun.of(line.toArray(String[]::new));
    assertTrue(run.err().contains(words), run.err());
    assertTrue(run.exitCode() == 2 || run.exitCode() == 3, run.exitCode() + ": " + run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void configShowsHowKernelsAreProved() throws IOException {
    String hash = Sha256.hex(kernel);
    write(
        "kernel-signer: keys/sign.pem",
        "nodes:",
        "- {name: a, mac: 02:00:00:00:00:01, kernel-sha256: " + hash + "}");
    String shown = CliRun.of("config", "show", "--config", profile + "", "--node", "a").text();
    assertTrue(shown.contains("kernel-sha256: '" + hash + "'  # " + profile + ":5:52\n"), shown);
    assertTrue(shown.contains("kernel-signer: 'keys/sign.pem'  # " + profile + ":3:16\n"), shown);
    CliRun json = CliRun.of("config", "show", "--config", profile + "", "--json");
    assertEquals(
        "keys/sign.pem",
        json.json()
            .getAsJsonObject("kernel")
            .getAsJsonObject("kernel-signer")
            .getAsJsonArray("values")
            .get(0)
            .getAsString());
  }
}
