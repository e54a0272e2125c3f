package zeroboot.server.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.spec.KernelUrl;
import zeroboot.testing.HttpStub;

/** Kernels that have to be certain ones: whoever asks gets all of a right one, or never all. */
class KernelCheckTest {
  private static final int SIZE = 300_001;

  private final byte[] kernel = new byte[SIZE];
  private final byte[] other = new byte[SIZE];
  private final HttpStub upstream = new HttpStub();
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private Path kept;
  private KernelMirror mirror;

  @BeforeEach
  void begin() {
    new Random(3).nextBytes(kernel);
    new Random(4).nextBytes(other);
    kept = folder.resolve("kept");
    gives("/k", kernel);
    mirror = open();
  }

  private KernelMirror open(String... wanted) {
    InstantSource source = () -> now;
    return KernelMirror.open(kept, Set.of(wanted), source.withZone(ZoneOffset.UTC), log::add);
  }

  @AfterEach
  void end() {
    mirror.close();
    upstream.close();
  }

  private void gives(String path, byte[] bytes) {
    upstream.on(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  private KernelUrl url(String path) {
    return KernelUrl.parse(upstream.url(path).replace("10.0.2.2", "127.0.0.1"));
  }

  private static KernelCheck hash(byte[]... right) {
    List<String> hashes = Arrays.stream(right).map(Sha256::hex).toList();
    return new KernelCheck(Set.copyOf(hashes), Optional.empty());
  }

  /** A signer whose signature is his name and the kernel's hash. */
  private static KernelCheck signed(String place, String signer) {
    return new KernelCheck(
        Set.of(), Optional.of(new KernelCheck.Signature(place, new Named(signer))));
  }

  private record Named(String signer) implements KernelCheck.Judge {
    @Override
    public void judge(String place, byte[] signature, Path kernel) {
      try {
        if (!Arrays.equals(signature, by(signer, Files.readAllBytes(kernel)))) {
          throw ZbootException.signature(place, "is not by " + signer, "sign it");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static byte[] by(String signer, byte[] kernel) {
    return (signer + " " + Sha256.hex(kernel)).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * What a reader got.
   *
   * @param failure why it is not all of the kernel
   */
  private record Got(byte[] bytes, Optional<String> failure) {}

  private Got fetch(String path) throws Exception {
    KernelCopy copy;
    try {
      copy = mirror.ask(path).orElseThrow().get(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return new Got(
          new byte[0], Optional.of(String.valueOf(cause == null ? null : cause.getMessage())));
    }
    return read(copy);
  }

  private static Got read(KernelCopy copy) throws Exception {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try {
      while (got.size() < copy.size()) {
        ByteBuffer piece = ByteBuffer.allocate(1 << 14);
        int count = copy.read(got.size(), piece);
        if (count == 0) {
          CompletableFuture<Integer> more = new CompletableFuture<>();
          copy.whenMore(got.size(), () -> more.complete(0));
          more.get(1, TimeUnit.MINUTES);
        }
        got.write(piece.array(), 0, count);
      }
      return new Got(got.toByteArray(), Optional.empty());
    } catch (IOException e) {
      return new Got(got.toByteArray(), Optional.of(String.valueOf(e.getMessage())));
    } finally {
      copy.close();
    }
  }

  private void assertFetched(byte[] expected, String path) throws Exception {
    Got got = fetch(path);
    assertEquals(Optional.empty(), got.failure());
    assertArrayEquals(expected, got.bytes());
  }

  private void assertRefused(String path, String why) throws Exception {
    Got got = fetch(path);
    assertTrue(got.failure().orElse("").contains(why), got.failure() + ", wanted: " + why);
    assertTrue(got.bytes().length < SIZE, "all " + got.bytes().length + " bytes were given out");
  }

  private void pass(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(kept)) {
      all.forEach(path -> names.add(path.getFileName().toString()));
    }
    return names;
  }

  @Test
  void hashIsOfOneUrlAndNoOther() throws Exception {
    gives("/free", other);
    String path = mirror.add(url("/k"), hash(other));
    String free = mirror.add(url("/free"));
    assertRefused(path, "is not given out: its SHA-256 is " + Sha256.hex(kernel));
    assertFetched(other, free);
    assertTrue(names().stream().noneMatch(name -> name.endsWith(".part")), names().toString());
    pass(6);
    gives("/k", other);
    assertFetched(other, path);
  }

  /** However slowly it arrives: what is read meanwhile never becomes the whole. */
  @Test
  void readersOfAWrongOneNeverSeeItsLastByte() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    upstream.on(
        "/k",
        exchange -> {
          exchange.sendResponseHeaders(200, SIZE);
          OutputStream body = exchange.getResponseBody();
          body.write(kernel, 0, SIZE - 1);
          body.flush();
          await(read);
          body.write(kernel, SIZE - 1, 1);
        });
    String path = mirror.add(url("/k"), hash(other));
    KernelCopy copy = mirror.ask(path).orElseThrow().get(1, TimeUnit.MINUTES);
    CompletableFuture<Got> reader = CompletableFuture.supplyAsync(() -> quietly(copy));
    KernelCopy second = mirror.ask(path).orElseThrow().get(1, TimeUnit.MINUTES);
    second.whenMore(SIZE - 2, read::countDown); // all but the last byte is there to be read
    for (Got got : List.of(reader.get(1, TimeUnit.MINUTES), quietly(second))) {
      assertTrue(got.failure().orElse("").contains("is not given out"), got.failure().toString());
      assertTrue(got.bytes().length < SIZE, got.bytes().length + " bytes");
    }
  }

  private static Got quietly(KernelCopy copy) {
    try {
      return read(copy);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IOException("nobody reads");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void signatureComesBeforeTheFirstByte() throws Exception {
    KernelUrl url = url("/k");
    String path = mirror.add(url, signed(url + ".sig", "farm"));
    Got none = fetch(path);
    assertEquals(0, none.bytes().length);
    assertTrue(none.failure().orElse("").contains("/k.sig: its server says 404"), "" + none);
    gives("/k.sig", by("farm", other));
    pass(6);
    assertRefused(path, "is not by farm");
    gives("/k.sig", by("stranger", kernel));
    pass(6);
    assertRefused(path, "is not by farm");
    gives("/k.sig", new byte[(1 << 20) + 1]);
    pass(6);
    assertRefused(path, "is too large for a signature");
    gives("/k.sig", by("farm", kernel));
    pass(6);
    assertFetched(kernel, path);
    // A newer one without its signature: the last good one stays.
    gives("/k", other);
    pass(61);
    Got meanwhile = fetch(path);
    assertTrue(meanwhile.bytes().length < SIZE);
    assertFetched(kernel, path);
    gives("/k.sig", by("farm", other));
    pass(31);
    assertFetched(other, path);
  }

  @Test
  void signatureMayBeAFileOfThisMachine() throws Exception {
    Path file = folder.resolve("k.sig");
    String path = mirror.add(url("/k"), signed(file.toString(), "farm"));
    assertRefused(path, "no such file");
    Files.write(file, by("farm", kernel));
    pass(6);
    assertFetched(kernel, path);
  }

  @Test
  void changedDemandHoldsForWhatIsKept() throws Exception {
    KernelUrl url = url("/k");
    String path = mirror.add(url);
    assertFetched(kernel, path);
    mirror.require(Map.of("http://192.0.2.9/another", hash(other)));
    assertFetched(kernel, path);
    mirror.require(Map.of(url.value(), hash(other)));
    assertRefused(path, "is not given out");
    assertTrue(log.toString().contains("the one that is kept is not given out"), log.toString());
    upstream.on("/k", HttpStub.status(503));
    pass(6);
    assertRefused(path, "its server says 503");
    mirror.require(Map.of(url.value(), hash(other, kernel)));
    assertFetched(kernel, path);
    mirror.require(Map.of(url.value(), KernelCheck.NONE));
    assertFetched(kernel, path);
  }

  @Test
  void changedDemandHoldsForWhatIsOnItsWay() throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    upstream.on(
        "/k",
        exchange -> {
          exchange.sendResponseHeaders(200, SIZE);
          OutputStream body = exchange.getResponseBody();
          body.write(kernel, 0, SIZE / 2);
          body.flush();
          await(changed);
          body.write(kernel, SIZE / 2, SIZE - SIZE / 2);
        });
    KernelUrl url = url("/k");
    String path = mirror.add(url);
    KernelCopy copy = mirror.ask(path).orElseThrow().get(1, TimeUnit.MINUTES);
    mirror.require(Map.of(url.value(), hash(other)));
    changed.countDown();
    assertTrue(read(copy).bytes().length < SIZE);
    gives("/k", other);
    // No pause: what failed by the old rules says nothing about the new ones.
    assertFetched(other, path);
  }

  @Test
  void restartJudgesTheSignatureThatWasKept() throws Exception {
    KernelUrl url = url("/k");
    gives("/k.sig", by("farm", kernel));
    String path = mirror.add(url, signed(url + ".sig", "farm"));
    assertFetched(kernel, path);
    mirror.close();
    upstream.on("/k", HttpStub.status(503));
    mirror = open();
    assertFetched(kernel, mirror.add(url, signed(url + ".sig", "farm")));
    mirror.close();
    mirror = open();
    assertRefused(mirror.add(url, signed(url + ".sig", "somebody else")), "its server says 503");
    mirror.close();
    String record = names().stream().filter(n -> n.endsWith(".json")).findFirst().orElseThrow();
    String text = Files.readString(kept.resolve(record));
    for (String spoilt : List.of("?", "", "AAAA")) {
      Files.writeString(
          kept.resolve(record), text.replaceAll("(\"signature\":\")[^\"]*", "$1" + spoilt));
      mirror = open();
      assertRefused(mirror.add(url, signed(url + ".sig", "farm")), "its server says 503");
      mirror.close();
    }
    mirror = open();
  }

  @Test
  void hashOfTheCommandLineTakesThePlaceOfTheOthers() throws Exception {
    mirror.close();
    mirror = open(Sha256.hex(kernel));
    String path = mirror.add(url("/k"), hash(other));
    assertFetched(kernel, path);
    mirror.require(Map.of(url("/k").value(), hash(other)));
    pass(61);
    gives("/k", other);
    assertTrue(fetch(path).bytes().length < SIZE);
  }

  @Test
  void signerWhoseTimeEndsIsNoticedWhenTheServerConfirms() throws Exception {
    upstream.on(
        "/k",
        exchange -> {
          exchange.getResponseHeaders().add("ETag", "\"1\"");
          if ("\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
          }
          exchange.sendResponseHeaders(200, SIZE);
          exchange.getResponseBody().write(kernel);
        });
    Path file = Files.write(folder.resolve("k.sig"), new byte[] {1});
    Instant end = now.plusSeconds(90);
    KernelCheck.Judge untilThen =
        (place, signature, kernel) -> {
          if (now.isAfter(end)) {
            throw ZbootException.signature(place, "came to its end", "renew it");
          }
        };
    String path =
        mirror.add(
            url("/k"),
            new KernelCheck(
                Set.of(), Optional.of(new KernelCheck.Signature(file + "", untilThen))));
    assertFetched(kernel, path);
    pass(61);
    assertFetched(kernel, path);
    pass(61);
    assertRefused(path, "nothing that is kept may be given out");
    pass(6);
    assertRefused(path, "came to its end");
  }
}
