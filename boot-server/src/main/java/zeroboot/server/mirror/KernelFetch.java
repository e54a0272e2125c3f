package zeroboot.server.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.input.InputKind;
import zeroboot.server.mirror.KernelCheck.Signature;
import zeroboot.server.mirror.KernelStore.Kept;

/** One request for a kernel, and for the signature beside it. */
final class KernelFetch {
  private static final Duration STUCK = Duration.ofSeconds(60);
  private static final long LARGEST = 1L << 30;
  private static final int LARGEST_SIGNATURE = InputKind.SIGNATURE.limit();
  private static final int CHUNK = 1 << 16;
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final CompletableFuture<KernelCopy> begun = new CompletableFuture<>();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private final KernelSource source;
  private final KernelCheck check;
  private final Optional<Kept> before;
  private final Tools tools;
  private volatile @Nullable InputStream body;
  private volatile long moved = System.nanoTime();

  /** What requests are made with. */
  record Tools(KernelStore store, HttpClient client, Clock clock, Consumer<String> log) {}

  /**
   * A request, not yet begun.
   *
   * @param check what the kernel has to be
   * @param before the one that is kept, which need not be fetched again
   */
  KernelFetch(KernelSource source, KernelCheck check, Optional<Kept> before, Tools tools) {
    this.source = source;
    this.check = check;
    this.before = before;
    this.tools = tools;
  }

  /** Complete when readers can begin. */
  CompletableFuture<KernelCopy> begun() {
    return begun;
  }

  /** Complete when it has ended, either way. */
  CompletableFuture<Boolean> over() {
    return over;
  }

  KernelCheck check() {
    return check;
  }

  void start() {
    Thread thread = new Thread(this::run, "fetch " + source.key());
    thread.setDaemon(true);
    thread.start();
  }

  void endIfStuck() {
    if (System.nanoTime() - moved > STUCK.toNanos()) {
      breakOff();
    }
  }

  void breakOff() {
    InputStream open = body;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // that was the aim
      }
    }
  }

  private void run() {
    try {
      HttpResponse<InputStream> answer = ask(source.url(), before);
      try (InputStream in = answer.body()) {
        if (answer.statusCode() == NOT_MODIFIED && before.isPresent()) {
          source.ended(this, source.isStillGood() ? null : "nothing that is kept may be given out");
        } else if (answer.statusCode() != OK) {
          source.ended(this, "its server says " + answer.statusCode());
        } else {
          take(answer, in);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      source.ended(this, "its server does not answer (" + reason(e) + ")");
    } catch (InterruptedException e) {
      source.ended(this, "interrupted");
    } catch (RuntimeException e) {
      source.ended(this, "a bug in zboot: " + e);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private HttpResponse<InputStream> ask(String url, Optional<Kept> known)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        tools
            .client()
            .send(KernelRequest.of(url, known), HttpResponse.BodyHandlers.ofInputStream());
    body = answer.body();
    moved = System.nanoTime();
    return answer;
  }

  private void take(HttpResponse<InputStream> answer, InputStream in)
      throws IOException, InterruptedException {
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (length == 0 || length > LARGEST) {
      source.ended(this, "its server sends " + length + " bytes, which is no kernel");
      return;
    }
    Optional<byte[]> signature;
    try {
      signature = signature(in);
    } catch (IOException | ZbootException e) {
      source.ended(this, "its signature cannot be had: " + reason(e));
      return;
    }
    tools.log().accept(source.url() + ": fetching" + (length < 0 ? "" : ", " + length + " bytes"));
    FileChannel file = tools.store().begin(source.key());
    KernelCopy copy = new KernelCopy(file, length < 0 ? LARGEST : length);
    try {
      if (length > 0) {
        begun.complete(copy); // without a length nobody could tell its end
      }
      Kept now = receive(answer, in, file, copy, signature);
      source.keeps(this, now);
      tools
          .log()
          .accept(source.url() + ": kept, " + now.length() + " bytes, SHA-256 " + now.sha256());
      source.ended(this, null); // who has all of it and asks again finds it kept
      copy.completed();
    } catch (Refused e) {
      giveUp(copy, "is not given out: " + reason(e));
    } catch (IOException e) {
      giveUp(copy, "broke off after " + copy.written() + " bytes (" + reason(e) + ")");
    } finally {
      copy.leave();
    }
  }

  /** Its readers are broken off before the byte that is held back. */
  private void giveUp(KernelCopy copy, String why) {
    tools.store().drop(source.key());
    source.ended(this, why);
    copy.failed(why);
  }

  /** All of it is there, and it is not what it has to be. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  /** The signature, if one is wanted; before anybody gets the first byte of the kernel. */
  private Optional<byte[]> signature(InputStream kernel) throws IOException, InterruptedException {
    Optional<Signature> wanted = check.signature();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    if (!wanted.get().isRemote()) {
      return Optional.of(wanted.get().read());
    }
    String place = wanted.get().place();
    HttpResponse<InputStream> answer = ask(place, Optional.empty());
    try (InputStream in = answer.body()) {
      if (answer.statusCode() != OK) {
        throw new IOException(place + ": its server says " + answer.statusCode());
      }
      byte[] signature = in.readNBytes(LARGEST_SIGNATURE + 1);
      if (signature.length > LARGEST_SIGNATURE) {
        throw new IOException(place + ": is too large for a signature");
      }
      return Optional.of(signature);
    } finally {
      body = kernel;
      moved = System.nanoTime();
    }
  }

  private Kept receive(
      HttpResponse<InputStream> answer,
      InputStream in,
      FileChannel file,
      KernelCopy copy,
      Optional<byte[]> signature)
      throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] chunk = new byte[CHUNK];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      moved = System.nanoTime();
      digest.update(chunk, 0, count);
      if (copy.written() + count > copy.size()) {
        throw new IOException("longer than " + copy.size() + " bytes");
      }
      copy.append(ByteBuffer.wrap(chunk, 0, count));
    }
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (length >= 0 ? copy.written() != length : copy.written() == 0) {
      throw new IOException("it should have " + length + " bytes");
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    Optional<String> refusal = check.refusal(tools.store().part(source.key()), sha256, signature);
    if (refusal.isPresent()) {
      throw new Refused(refusal.get());
    }
    Kept now =
        new Kept(
            source.url(),
            answer.headers().firstValue("ETag").orElse(null),
            answer.headers().firstValue("Last-Modified").orElse(null),
            copy.written(),
            sha256,
            tools.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            signature.map(Base64.getEncoder()::encodeToString).orElse(null));
    tools.store().keep(source.key(), file, now);
    return now;
  }
}
