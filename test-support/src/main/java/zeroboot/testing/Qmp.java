package zeroboot.testing;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of QEMU's machine protocol that tests need: one JSON object a line, commands without
 * pipelining. What the human monitor answers is the only value ever read, so no JSON parser.
 */
final class Qmp implements Closeable {
  private static final Pattern TEXT = Pattern.compile("\"return\": \"((?:[^\"\\\\]|\\\\.)*)\"");
  private final SocketChannel channel;
  private final BufferedReader in;
  private final Writer out;

  private Qmp(SocketChannel channel) {
    this.channel = channel;
    in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    out = Channels.newWriter(channel, StandardCharsets.UTF_8);
  }

  static Qmp connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    Qmp qmp = new Qmp(channel);
    qmp.in.readLine(); // the greeting
    qmp.execute("qmp_capabilities", "{}");
    return qmp;
  }

  /** Runs a command; its arguments are a JSON object. Gives the answer as it came. */
  synchronized String execute(String command, String arguments) throws IOException {
    out.write("{\"execute\": \"" + command + "\", \"arguments\": " + arguments + "}\n");
    out.flush();
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("QEMU ended during " + command);
      }
      if (line.startsWith("{\"return\"")) {
        return line;
      }
      if (line.startsWith("{\"error\"")) {
        throw new IOException(command + " " + arguments + ": " + line);
      }
      // Anything else is an event.
    }
  }

  /** Runs a line of the human monitor and gives what it prints. */
  String monitor(String line) throws IOException {
    String answer =
        execute(
            "human-monitor-command", "{\"command-line\": \"" + line.replace("\"", "\\\"") + "\"}");
    Matcher text = TEXT.matcher(answer);
    if (!text.find()) {
      throw new IOException("no text: " + answer);
    }
    return text.group(1)
        .replace("\\r\\n", "\n")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\\"", "\"");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
