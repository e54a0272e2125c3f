package zeroboot.server.mirror;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.Warning;
import zeroboot.ground.ZbootException;
import zeroboot.server.mirror.KernelStore.Kept;

/** One kernel of a mirror: what is kept of it, and the one request that may be under way. */
final class KernelSource {
  /** So long, what was fetched or confirmed is given out without asking again. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** So long, a server that failed is not asked again: if there is another kernel, and if not. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

  private static final Duration WITHOUT_ANY = Duration.ofSeconds(5);

  private final String url;
  private final String key;
  private final KernelStore store;
  private final KernelFetch.Tools tools;

  private KernelCheck check;
  private boolean loaded;
  private @Nullable Kept kept;
  private Instant asked = Instant.EPOCH;
  private @Nullable String failure;
  private @Nullable KernelFetch running;

  KernelSource(String url, String key, KernelCheck check, KernelFetch.Tools tools) {
    this.url = url;
    this.key = key;
    this.check = check;
    this.store = tools.store();
    this.tools = tools;
  }

  String url() {
    return url;
  }

  String key() {
    return key;
  }

  /**
   * Asks this of the kernel from now on, of the one that is kept and of one that is on its way too;
   * who has begun to read one that was good before may read it to its end.
   */
  void require(KernelCheck now) {
    KernelFetch fetch;
    synchronized (this) {
      if (now.equals(check)) {
        return;
      }
      check = now;
      loaded = false;
      kept = null;
      failure = null;
      asked = Instant.EPOCH;
      fetch = running;
    }
    if (fetch != null) {
      fetch.breakOff();
    }
  }

  /** The kernel, for one more reader. */
  synchronized CompletableFuture<KernelCopy> ask() {
    try {
      load();
      if (running != null) {
        return running.check().equals(check)
            ? running.begun().thenApply(KernelCopy::opened)
            : running.over().thenCompose(ended -> ask());
      }
      Duration age = Duration.between(asked, tools.clock().instant());
      Duration rest = kept == null ? WITHOUT_ANY : failure == null ? FRESH : AFTER_FAILURE;
      if (age.compareTo(rest) < 0) {
        return CompletableFuture.completedFuture(last());
      }
      KernelFetch fetch = new KernelFetch(this, check, Optional.ofNullable(kept), tools);
      running = fetch;
      CompletableFuture<KernelCopy> copy = fetch.begun().thenApply(KernelCopy::opened);
      fetch.start();
      return copy;
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void load() throws IOException {
    if (!loaded) {
      kept = store.find(key, url).filter(this::isGood).orElse(null);
      loaded = true;
    }
  }

  /** With the signature that came with it, or the one that lies here now. */
  private boolean isGood(Kept there) {
    Optional<String> why =
        check.refusal(store.kernel(key, there), there.sha256(), there.signatureBytes());
    if (why.isPresent()
        && check.signature().filter(signature -> !signature.isRemote()).isPresent()) {
      try {
        byte[] here = check.signature().get().read();
        why = check.refusal(store.kernel(key, there), there.sha256(), Optional.of(here));
      } catch (ZbootException e) {
        why = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    why.ifPresent(
        reason ->
            tools
                .log()
                .accept(Warning.of(url + ": the one that is kept is not given out: " + reason)));
    return why.isEmpty();
  }

  /** What is kept, with a word on why it is not the latest. */
  private KernelCopy last() throws IOException {
    if (kept == null) {
      throw new IOException(failure == null ? "there is none yet" : failure);
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

  /**
   * A request is over.
   *
   * @param why it brought nothing; null if it did, or if what is kept is the latest
   */
  void ended(KernelFetch fetch, @Nullable String why) {
    end(fetch, why);
    fetch.over().complete(why == null);
  }

  private synchronized void end(KernelFetch fetch, @Nullable String why) {
    running = null;
    // What was asked by other rules says nothing about these.
    asked = fetch.check().equals(check) ? tools.clock().instant() : Instant.EPOCH;
    failure = why;
    if (why != null) {
      tools.log().accept(Warning.of(url + ": " + why));
    }
    if (fetch.begun().isDone()) {
      return;
    }
    try {
      load();
      KernelCopy copy = last();
      fetch.begun().complete(copy);
      copy.close(); // each reader counts itself
    } catch (IOException e) {
      fetch.begun().completeExceptionally(e);
    }
  }

  /**
   * Takes one that was fetched and found good.
   *
   * @throws IOException if another check holds by now
   */
  synchronized void keeps(KernelFetch fetch, Kept now) throws IOException {
    if (!fetch.check().equals(check)) {
      throw new IOException("what is asked of it changed meanwhile");
    }
    kept = now;
    loaded = true;
  }

  /**
   * Whether what is kept, which its server says is the latest, may still be given out: the time of
   * a signer's certificate may have come to its end.
   */
  synchronized boolean isStillGood() throws IOException {
    if (check.signature().isPresent()) {
      loaded = false;
    }
    load();
    return kept != null;
  }

  /** Breaks a request off that brings nothing any more. */
  void endIfStuck() {
    KernelFetch fetch = running();
    if (fetch != null) {
      fetch.endIfStuck();
    }
  }

  void close() {
    KernelFetch fetch = running();
    if (fetch != null) {
      fetch.breakOff();
    }
  }

  private synchronized @Nullable KernelFetch running() {
    return running;
  }
}
