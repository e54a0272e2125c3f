package zeroboot.cli.serve;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.Streams;
import zeroboot.ground.Warning;
import zeroboot.server.nodes.Node;
import zeroboot.server.nodes.NodeEvent;
import zeroboot.server.nodes.NodeJson;
import zeroboot.spec.MacAddress;

/** Shows what nodes do: lines as they happen, JSON, or a table that lives at a terminal. */
public abstract class ServeScreen {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** Something happened to a node. Called in the threads that serve: it does not wait. */
  abstract void event(NodeEvent event);

  /** Once a second: how all nodes are. */
  abstract void tick(List<Node> nodes);

  /** Something that concerns no node. */
  public abstract void log(String line);

  static String time(Instant when) {
    return TIME.format(when.atZone(ZoneId.systemDefault()));
  }

  static String who(Node node) {
    return node.name().map(name -> name + " ").orElse("") + node.mac();
  }

  /** What is wrong with a node, or may be. */
  static Optional<String> complaint(Node node) {
    return node.error().or(node::why);
  }

  /** Who is in the table: nothing is to be remembered of others, however many call. */
  private static Set<MacAddress> macs(List<Node> nodes) {
    return nodes.stream().map(Node::mac).collect(Collectors.toSet());
  }

  /** A line for each step, error and silence. */
  public static final class Lines extends ServeScreen {
    private static final int WARNING = 4;
    private static final int INFORMATION = 6;

    private final PrintStream out;
    private final boolean journal;
    private final Map<MacAddress, String> told = new HashMap<>();

    /**
     * Lines to a stream.
     *
     * @param journal whether systemd's journal reads them, which knows the time and wants to know
     *     how grave each is (sd-daemon(3))
     */
    public Lines(PrintStream out, boolean journal) {
      this.out = out;
      this.journal = journal;
    }

    private void print(boolean grave, String line) {
      String head = "<" + (grave ? WARNING : INFORMATION) + ">";
      out.println(journal ? head + line : time(Instant.now()) + "  " + line);
    }

    @Override
    void event(NodeEvent event) {
      tell(event.node());
    }

    @Override
    synchronized void tick(List<Node> nodes) {
      nodes.forEach(this::tell);
      told.keySet().retainAll(macs(nodes));
    }

    private synchronized void tell(Node node) {
      String line =
          who(node)
              + (node.firmware().isEmpty() ? "" : " (" + node.firmware() + ")")
              + ": "
              + node.step().shown()
              + complaint(node).map(what -> " - " + what).orElse("")
              + node.note().map(note -> " (" + note + ")").orElse("");
      if (!line.equals(told.put(node.mac(), line))) {
        print(complaint(node).isPresent(), line);
      }
    }

    @Override
    public synchronized void log(String line) {
      print(Warning.isOne(line), line);
    }
  }

  /** An object for each event, in a line. */
  static final class JsonLines extends ServeScreen {
    private final PrintStream out;
    private final Streams streams;
    private final Map<MacAddress, String> silent = new HashMap<>();

    JsonLines(Streams streams) {
      this.out = streams.out();
      this.streams = streams;
    }

    @Override
    synchronized void event(NodeEvent event) {
      out.println(NodeJson.event(event));
    }

    @Override
    synchronized void tick(List<Node> nodes) {
      for (Node node : nodes) {
        String why = node.why().orElse("");
        if (!why.equals(silent.getOrDefault(node.mac(), ""))) {
          silent.put(node.mac(), why);
          out.println(NodeJson.event(new NodeEvent(why.isEmpty() ? "heard" : "silent", why, node)));
        }
      }
      silent.keySet().retainAll(macs(nodes));
    }

    @Override
    public void log(String line) {
      if (Warning.isOne(line)) {
        streams.warning(Warning.text(line));
      } else {
        streams.err().println(line);
      }
    }
  }

  /** A table that is drawn anew each second, under the lines that stay. */
  public static final class Table extends ServeScreen {
    private final PrintStream out;
    private final int columns;
    private final int rows;
    private int drawn;

    Table(PrintStream out, int columns, int rows) {
      this.out = out;
      this.columns = columns;
      this.rows = rows;
    }

    @Override
    void event(NodeEvent event) {
      // the table is drawn each second
    }

    @Override
    public synchronized void log(String line) {
      clear();
      out.println(line);
    }

    private void clear() {
      if (drawn > 0) {
        // ECMA-48 8.3.36 and 8.3.39: some lines up, and nothing below.
        out.print(Shown.control("[" + drawn + "F") + Shown.control("[J"));
        drawn = 0;
      }
    }

    @Override
    synchronized void tick(List<Node> nodes) {
      clear();
      List<String> lines = lines(nodes, Instant.now(), columns, rows);
      lines.forEach(out::println);
      out.flush();
      drawn = lines.size();
    }

    /**
     * The table, at most so many lines of at most so many characters. Nodes in trouble come first:
     * where not all fit, they are the ones to see.
     */
    public static List<String> lines(List<Node> nodes, Instant now, int columns, int rows) {
      List<String> lines = new ArrayList<>();
      if (nodes.isEmpty()) {
        return List.of(cut("No machine has asked yet. Switch one on.", columns));
      }
      int width = nodes.stream().mapToInt(node -> who(node).length()).max().orElse(0);
      int firmware = nodes.stream().mapToInt(node -> node.firmware().length()).max().orElse(0);
      List<Node> sorted = new ArrayList<>(nodes);
      sorted.sort(Comparator.comparing(node -> complaint(node).isEmpty()));
      for (Node node : sorted) {
        String form = "%-" + width + "s  %-" + Math.max(1, firmware) + "s  %-26s %6s  %s";
        lines.add(
            String.format(
                Locale.ROOT,
                form,
                who(node),
                node.firmware(),
                node.step().shown(),
                since(Duration.between(node.since(), now)),
                node.address().orElse("")));
        complaint(node).ifPresent(what -> lines.add("    " + what));
        node.note().ifPresent(note -> lines.add("    " + note));
      }
      int most = Math.max(2, rows - 2);
      int left = lines.size() - most;
      List<String> shown = new ArrayList<>(left > 0 ? lines.subList(0, most - 1) : lines);
      if (left > 0) {
        shown.add("… " + (left + 1) + " lines more; the page shows all");
      }
      return shown.stream().map(line -> cut(line.stripTrailing(), columns)).toList();
    }

    private static String since(Duration time) {
      long seconds = Math.max(0, time.toSeconds());
      return seconds < 60
          ? seconds + " s"
          : seconds < 3600 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private static String cut(String line, int columns) {
      return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
    }
  }
}
