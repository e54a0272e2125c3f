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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.Sha256;
import zeroboot.server.mirror.KernelStore.Kept;

/** One kernel of a mirror: what is kept of it, and the one request that may be under way. */
final class KernelSource {
  /** So long, what was fetched or confirmed is given out without asking again. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** So long, a server that failed is not asked again: if there is another kernel, and if not. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

  private static final Duration WITHOUT_ANY = Duration.ofSeconds(5);

  private static final Duration STUCK = Duration.ofSeconds(60);
  private static final long LARGEST = 1L << 30;
  private static final int CHUNK = 1 << 16;
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final String url;
  private final String key;
  private final KernelStore store;
  private final HttpClient client;
  private final Clock clock;
  private final Consumer<String> log;

  private boolean loaded;
  private @Nullable Kept kept;
  private Instant asked = Instant.EPOCH;
  private @Nullable String failure;
  private @Nullable Fetch running;

  KernelSource(
      String url,
      String key,
      KernelStore store,
      HttpClient client,
      Clock clock,
      Consumer<String> log) {
    this.url = url;
    this.key = key;
    this.store = store;
    this.client = client;
    this.clock = clock;
    this.log = log;
  }

  String url() {
    return url;
  }

  /** The kernel, for one more reader. */
  synchronized CompletableFuture<KernelCopy> ask() {
    try {
      load();
      if (running != null) {
        return running.begun.thenApply(KernelCopy::opened);
      }
      Duration age = Duration.between(asked, clock.instant());
      Duration rest = kept == null ? WITHOUT_ANY : failure == null ? FRESH : AFTER_FAILURE;
      if (age.compareTo(rest) < 0) {
        return CompletableFuture.completedFuture(last());
      }
      Fetch fetch = new Fetch(Optional.ofNullable(kept));
      running = fetch;
      CompletableFuture<KernelCopy> copy = fetch.begun.thenApply(KernelCopy::opened);
      fetch.start();
      return copy;
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void load() throws IOException {
    if (!loaded) {
      kept = store.find(key, url).orElse(null);
      loaded = true;
    }
  }

  /** What is kept, with a word on why it is not the latest. */
  private KernelCopy last() throws IOException {
    if (kept == null) {
      throw new IOException(failure);
    }
    String why = failure;
    FileChannel file = store.open(key, kept);
    KernelCopy copy =
        KernelCopy.whole(
                file,
                kept.length(),
                why == null
                    ? Optional.empty()
                    : Optional.of("kernel kept since " + kept.fetched() + ": " + why))
            .opened();
    copy.leave();
    return copy;
  }

  private synchronized void ended(@Nullable String why) {
    running = null;
    asked = clock.instant();
    failure = why;
    if (why != null) {
      log.accept(url + ": " + why);
    }
  }

  private synchronized void keeps(Kept now) {
    kept = now;
  }

  /** Breaks a request off that brings nothing any more. */
  void endIfStuck() {
    Fetch fetch;
    synchronized (this) {
      fetch = running;
    }
    if (fetch != null) {
      fetch.endIfStuck();
    }
  }

  void close() {
    Fetch fetch;
    synchronized (this) {
      fetch = running;
    }
    if (fetch != null) {
      fetch.breakOff();
    }
  }

  /** One request. Its future is complete when readers can begin. */
  private final class Fetch {
    final CompletableFuture<KernelCopy> begun = new CompletableFuture<>();
    private final Optional<Kept> before;
    private volatile @Nullable InputStream body;
    private volatile long moved = System.nanoTime();

    Fetch(Optional<Kept> before) {
      this.before = before;
    }

    void start() {
      Thread thread = new Thread(this::run, "fetch " + key);
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
        HttpResponse<InputStream> answer =
            client.send(KernelRequest.of(url, before), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
          body = in;
          moved = System.nanoTime();
          if (answer.statusCode() == NOT_MODIFIED && before.isPresent()) {
            finish(null);
          } else if (answer.statusCode() != OK) {
            finish("its server says " + answer.statusCode());
          } else {
            take(answer, in);
          }
        }
      } catch (IOException | UncheckedIOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        finish("its server does not answer (" + why + ")");
      } catch (InterruptedException e) {
        finish("interrupted");
      } catch (RuntimeException e) {
        finish("a bug in zboot: " + e);
      }
    }

    /** Nothing new: readers get what is kept, if anything is. */
    private void finish(@Nullable String why) {
      synchronized (KernelSource.this) {
        ended(why);
        if (begun.isDone()) {
          return;
        }
        try {
          KernelCopy copy = last();
          begun.complete(copy);
          copy.close(); // each reader counts itself
        } catch (IOException e) {
          begun.completeExceptionally(e);
        }
      }
    }

    private void take(HttpResponse<InputStream> answer, InputStream in)
        throws IOException, InterruptedException {
      long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (length == 0 || length > LARGEST) {
        finish("its server sends " + length + " bytes, which is no kernel");
        return;
      }
      log.accept(url + ": fetching" + (length < 0 ? "" : ", " + length + " bytes"));
      FileChannel file = store.begin(key);
      KernelCopy copy = new KernelCopy(file, length < 0 ? LARGEST : length);
      try {
        if (length > 0) {
          begun.complete(copy); // without a length nobody could tell its end
        }
        Kept now = receive(answer, in, file, copy, length);
        keeps(now);
        ended(null);
        copy.completed();
        log.accept(url + ": kept, " + now.length() + " bytes, SHA-256 " + now.sha256());
        finish(null);
      } catch (IOException e) {
        store.drop(key);
        copy.failed("broke off after " + copy.written() + " bytes (" + e.getMessage() + ")");
        finish("broke off after " + copy.written() + " bytes (" + e.getMessage() + ")");
      } finally {
        copy.leave();
      }
    }

    private Kept receive(
        HttpResponse<InputStream> answer,
        InputStream in,
        FileChannel file,
        KernelCopy copy,
        long length)
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
      if (length >= 0 ? copy.written() != length : copy.written() == 0) {
        throw new IOException("it should have " + length + " bytes");
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      if (!store.isWanted(sha256)) {
        throw new IOException("its SHA-256 is " + sha256 + ", which is none that is wanted");
      }
      Kept now =
          new Kept(
              url,
              answer.headers().firstValue("ETag").orElse(null),
              answer.headers().firstValue("Last-Modified").orElse(null),
              copy.written(),
              sha256,
              clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      store.keep(key, file, now);
      return now;
    }
  }
}
