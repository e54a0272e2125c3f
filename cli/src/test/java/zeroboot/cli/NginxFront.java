package zeroboot.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import zeroboot.testing.ForeignTool;

/** nginx with the configuration of examples/service, in front of two services on this machine. */
final class NginxFront implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Process process;
  private final Path folder;
  private final int port;

  private NginxFront(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * A request that nginx was asked, and what those behind it answered: {@code -} if it asked none.
   */
  record Asked(String uri, String upstream) {
    boolean isPassedOn() {
      return !upstream.equals("-");
    }
  }

  /** Starts it, or skips the test where it is missing. */
  static NginxFront of(Path folder, int one, int other) throws IOException, InterruptedException {
    ForeignTool nginx = ForeignTool.require("nginx");
    int port = freePort();
    String text =
        Files.readString(Path.of("..", "examples", "service", "nginx.conf"))
            .replace("boot-a:8080", "127.0.0.1:" + one)
            .replace("boot-b:8080", "127.0.0.1:" + other)
            .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
            .replace(
                "access_log off;",
                "log_format told '$request_uri $upstream_addr'; access_log "
                    + folder.resolve("asked")
                    + " told;"
                    + " client_body_temp_path "
                    + folder.resolve("body")
                    + "; proxy_temp_path "
                    + folder.resolve("proxy")
                    + ";");
    Path file = Files.writeString(folder.resolve("nginx.conf"), text);
    String own = "pid " + folder.resolve("pid") + "; error_log " + folder.resolve("errors") + ";";
    if (System.getProperty("user.name").equals("root")) {
      own += " user root;";
    }
    List<String> words = List.of("-p", folder.toString(), "-c", file.toString(), "-g");
    List<String> test = new ArrayList<>(words);
    test.addAll(List.of(own, "-t"));
    nginx.run(test.toArray(String[]::new)).ok();
    List<String> command = new ArrayList<>(List.of(nginx.path()));
    command.addAll(words);
    command.add(own + " daemon off;");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    NginxFront front = new NginxFront(process, folder, port);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!front.isOpen()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("nginx: " + Files.readString(folder.resolve("said")));
      }
      Thread.sleep(20);
    }
    return front;
  }

  private boolean isOpen() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** What it was asked up to now. */
  List<Asked> asked() {
    try {
      return Files.readAllLines(folder.resolve("asked"), StandardCharsets.ISO_8859_1).stream()
          .map(line -> new Asked(line.replaceFirst(" .*", ""), line.replaceFirst("\\S* ", "")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // The workers end by themselves when the first process does.
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
