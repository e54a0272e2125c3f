package zeroboot.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own, cut off from this machine's and from every other test's: names and
 * addresses in it are free to choose. The kernel keeps it while a process holds it. That process
 * ends with its standard input, so at the latest with this one, and takes all servers along:
 * however a test ends, nothing is left.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final String SIGN_OF_LIFE = "ready";
  private static final long PATIENCE_SECONDS = 30;
  private final Process holder;
  private final ForeignTool nsenter;
  private final List<String> namespaces;
  private final String ip;

  private NetworkNamespace(Process holder, ForeignTool nsenter, boolean asUser, String ip) {
    this.holder = holder;
    this.nsenter = nsenter;
    this.ip = ip;
    // unshare waits outside; its child is the first process inside.
    long inside = holder.toHandle().children().findFirst().orElseThrow().pid();
    namespaces = new ArrayList<>(List.of("--target", Long.toString(inside), "--net"));
    if (asUser) {
      Collections.addAll(namespaces, "--user", "--preserve-credentials");
    }
  }

  /** A network with nothing but its loopback address; a skipped (in CI: failed) test without. */
  static NetworkNamespace create() {
    return create(List.of(), !isRoot());
  }

  /** One more, by the user of this one: cables can lead from one to the other. */
  NetworkNamespace neighbour() {
    return create(wrapper(), false);
  }

  private static NetworkNamespace create(List<String> within, boolean asUser) {
    ForeignTool nsenter = ForeignTool.require("nsenter");
    String ip = ForeignTool.require("ip").path();
    List<String> command = new ArrayList<>(within);
    command.add(ForeignTool.require("unshare").path());
    if (asUser) {
      Collections.addAll(command, "--user", "--map-root-user");
    }
    Collections.addAll(command, "--net", "--pid", "--fork", "--kill-child", "cat");
    if (!Files.isWritable(Path.of("/dev/net/tun"))) {
      ForeignTool.cannotTest("network namespaces need root: /dev/net/tun");
    }
    try {
      Process holder = new ProcessBuilder(command).redirectErrorStream(true).start();
      holder.getOutputStream().write((SIGN_OF_LIFE + "\n").getBytes(StandardCharsets.US_ASCII));
      holder.getOutputStream().flush();
      String line = firstLine(holder);
      if (!line.equals(SIGN_OF_LIFE)) {
        ForeignTool.cannotTest("network namespaces need root: " + line);
      }
      boolean hasUser = asUser || within.contains("--user");
      NetworkNamespace made = new NetworkNamespace(holder, nsenter, hasUser, ip);
      made.ip("link", "set", "lo", "up");
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstLine(Process holder) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    return line == null ? "no answer" : line;
  }

  /** Runs {@code ip} inside. */
  void ip(String... words) {
    List<String> command = new ArrayList<>(namespaces);
    command.add(ip);
    Collections.addAll(command, words);
    nsenter.run(command.toArray(String[]::new)).ok();
  }

  /** The process that holds it, by which the kernel knows it. */
  String holder() {
    return namespaces.get(1);
  }

  /** What a command has to begin with, so that its process has this network. */
  List<String> wrapper() {
    List<String> words = new ArrayList<>(List.of(nsenter.path()));
    words.addAll(namespaces);
    return words;
  }

  /** Starts a server that ends with the network; what it says goes into this file. */
  Process start(Path log, List<String> server) {
    List<String> command = wrapper();
    command.add("--pid");
    command.addAll(server);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(log.toFile());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sockets inside, as Linux lists them in {@code /proc/net/}. */
  String sockets(String protocol) {
    try {
      return Files.readString(Path.of("/proc", namespaces.get(1), "net", protocol));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      holder.getOutputStream().close();
      if (!holder.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        holder.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      holder.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
