package zeroboot.trial;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the machine runs, as QEMU says by its machine protocol (QMP: one JSON object a line).
 * QEMU connects to a socket of ours before the machine starts, so no event is missed. A QEMU that
 * does not connect is one of which nothing is known.
 */
final class MachineState implements AutoCloseable {
  /** QEMU's RunState: it has stopped the machine by itself, for good. */
  private static final Set<String> STOPPED =
      Set.of("internal-error", "io-error", "guest-panicked", "watchdog");

  private static final int LONGEST_LINE = 10_000;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Thread follower = new Thread(this::follow, "QEMU's state");
  private volatile String status = "";

  private MachineState(Path socket, ServerSocketChannel server) {
    this.socket = socket;
    this.server = server;
    follower.setDaemon(true);
    follower.start();
  }

  /**
   * Waits for QEMU at this path.
   *
   * @return empty if the system has no such sockets, or the path is too long for one
   */
  static Optional<MachineState> listen(Path socket) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        server.close();
        return Optional.empty();
      }
      return Optional.of(new MachineState(socket, server));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** What QEMU has to be told. */
  List<String> options() {
    return List.of("-qmp", "unix:" + socket.toString().replace(",", ",,"));
  }

  private void follow() {
    try (SocketChannel channel = server.accept();
        Writer commands = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
      send(commands, "qmp_capabilities");
      send(commands, "query-status");
      BoundedLines.each(
          new BufferedInputStream(Channels.newInputStream(channel)),
          LONGEST_LINE,
          line -> take(line, commands));
    } catch (IOException e) {
      return; // it has ended, or we have
    }
  }

  private static void send(Writer commands, String command) throws IOException {
    commands.write("{\"execute\": \"" + command + "\"}\n");
    commands.flush();
  }

  private void take(String line, Writer commands) {
    JsonObject said = parse(line);
    if (said.has("event") && said.get("event").toString().equals("\"STOP\"")) {
      try {
        send(commands, "query-status");
      } catch (IOException e) {
        return; // the next read says so too
      }
    }
    JsonElement answer = said.get("return");
    if (answer instanceof JsonObject fields && fields.has("status")) {
      status = fields.get("status").getAsString();
    }
  }

  private static JsonObject parse(String line) {
    try {
      return JsonParser.parseString(line) instanceof JsonObject object ? object : new JsonObject();
    } catch (JsonSyntaxException e) {
      return new JsonObject(); // not QEMU
    }
  }

  /** How QEMU calls it that it has stopped the machine for good; empty as long as it has not. */
  Optional<String> stopped() {
    return Optional.of(status).filter(STOPPED::contains);
  }

  /** Whether somebody has stopped it for a while: with a window, that is its user. */
  boolean isPaused() {
    return status.equals("paused");
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      return; // goes with its folder
    }
  }
}
