package zeroboot.server.mirror;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import zeroboot.ground.Sha256;
import zeroboot.spec.KernelUrl;

/**
 * Kernels for the nodes of a farm, each fetched once from its own server, however many nodes ask.
 * Gives out the URLs that it was told to and no others.
 */
public final class KernelMirror implements AutoCloseable {
  /** Before every path of a kernel. */
  public static final String PREFIX = "/kernel/";

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int TICK_SECONDS = 5;

  private final KernelFetch.Tools tools;
  private final Set<String> wanted;
  private final Map<String, KernelSource> sources = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "mirror");
            thread.setDaemon(true);
            return thread;
          });

  private KernelMirror(KernelFetch.Tools tools, Set<String> wanted) {
    this.tools = tools;
    this.wanted = Set.copyOf(wanted);
  }

  /** One that trusts the servers of kernels as Java does by itself. */
  public static KernelMirror open(
      Path folder, Set<String> wanted, Clock clock, Consumer<String> log) {
    return open(folder, wanted, Optional.empty(), clock, log);
  }

  /**
   * A mirror that keeps its kernels in this folder.
   *
   * @param wanted hashes of the kernels that may be given out, SHA-256 in lower-case hexadecimal,
   *     in the place of those that are asked for with a URL; none for whatever a kernel's own
   *     server gives
   * @param trust which servers of kernels are trusted over HTTPS; empty for those that Java trusts
   *     by itself
   * @param log hears, in a line each, what it fetches and what fails
   * @throws zeroboot.ground.ZbootException (I/O) if the folder cannot be used
   */
  public static KernelMirror open(
      Path folder,
      Set<String> wanted,
      Optional<SSLContext> trust,
      Clock clock,
      Consumer<String> log) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL);
    trust.ifPresent(client::sslContext);
    KernelMirror mirror =
        new KernelMirror(
            new KernelFetch.Tools(KernelStore.open(folder), client.build(), clock, log), wanted);
    var unused =
        mirror.watchdog.scheduleAtFixedRate(
            mirror::watch, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    return mirror;
  }

  private void watch() {
    sources.values().forEach(KernelSource::endIfStuck);
  }

  /** Gives out whatever is at this URL from now on, and says by which path. */
  public String add(KernelUrl url) {
    return add(url, KernelCheck.NONE);
  }

  /**
   * Gives out the kernel of this URL from now on, and says by which path.
   *
   * @param check what it has to be; of one that is given out already {@link #require} says that
   */
  public String add(KernelUrl url, KernelCheck check) {
    String key = key(url.value());
    sources.computeIfAbsent(key, k -> new KernelSource(url.value(), k, check.with(wanted), tools));
    return PREFIX + key + "/" + name(url.value());
  }

  /** Asks this of the kernels of these URLs from now on; of others, what was asked before. */
  public void require(Map<String, KernelCheck> checks) {
    for (KernelSource source : sources.values()) {
      KernelCheck check = checks.get(source.url());
      if (check != null) {
        source.require(check.with(wanted));
      }
    }
  }

  /** Whether a kernel of which this is asked has to be a certain one. */
  public boolean asks(KernelCheck check) {
    return check.with(wanted).asks();
  }

  private static String key(String url) {
    byte[] hash = Sha256.begin().digest(url.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 8);
  }

  /** The last word of a URL's path, for people; the key before it tells kernels apart. */
  private static String name(String url) {
    String path = Optional.ofNullable(URI.create(url).getPath()).orElse("");
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.matches("[A-Za-z0-9._-]{1,60}") ? last : "kernel";
  }

  /**
   * The kernel at a path, as soon as its server has answered; empty for a path that is none. The
   * future fails if it can be had from nowhere.
   */
  public Optional<CompletableFuture<KernelCopy>> ask(String path) {
    if (!path.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] parts = path.substring(PREFIX.length()).split("/", -1);
    KernelSource source = sources.get(parts[0]);
    return source == null || parts.length != 2 || !parts[1].equals(name(source.url()))
        ? Optional.empty()
        : Optional.of(source.ask());
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
    sources.values().forEach(KernelSource::close);
    tools.store().close();
  }
}
