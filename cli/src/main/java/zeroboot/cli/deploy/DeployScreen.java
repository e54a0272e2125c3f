package zeroboot.cli.deploy;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import zeroboot.cli.console.Json;
import zeroboot.cli.console.Shown;

/** Shows what nodes do: lines as they happen, JSON, or a table that lives at a terminal. */
abstract class DeployScreen {
  /** Something changed for a node. Called in the threads that work. */
  abstract void changed(DeployNode node);

  /** Some times a second. */
  abstract void tick(List<DeployNode> nodes);

  /** Something that concerns no node. */
  abstract void log(String line);

  private static String line(DeployNode.View view) {
    return view.name()
        + " ("
        + view.bmc()
        + "): "
        + view.step().shown()
        + (view.detail().isEmpty() ? "" : ", " + view.detail())
        + (view.trouble().isEmpty() ? "" : " - " + view.trouble());
  }

  /** A line for each step. */
  static final class Lines extends DeployScreen {
    private final PrintStream out;
    private final Map<String, String> told = new HashMap<>();

    Lines(PrintStream out) {
      this.out = out;
    }

    @Override
    synchronized void changed(DeployNode node) {
      String line = line(node.view());
      if (!line.equals(told.put(node.name(), line))) {
        out.println(line);
      }
    }

    @Override
    void tick(List<DeployNode> nodes) {
      // every change was told
    }

    @Override
    synchronized void log(String line) {
      out.println(line);
    }
  }

  /** An object for each change, in a line. */
  static final class JsonLines extends DeployScreen {
    private final PrintStream out;
    private final PrintStream err;

    JsonLines(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    synchronized void changed(DeployNode node) {
      DeployNode.View view = node.view();
      out.print(
          Json.text(
              "",
              json -> {
                json.name("time").value(view.since().truncatedTo(ChronoUnit.MILLIS).toString());
                json.name("node").value(view.name());
                json.name("bmc").value(view.bmc());
                json.name("step").value(Json.lower(view.step()));
                json.name("shown").value(view.step().shown());
                json.name("detail").value(view.detail());
                json.name("trouble").value(view.trouble());
                json.name("imageId").value(view.imageId());
                json.name("image").value(view.url());
                json.name("bytesGiven").value(view.given());
              }));
    }

    @Override
    void tick(List<DeployNode> nodes) {
      out.flush();
    }

    @Override
    void log(String line) {
      err.println(line);
    }
  }

  /** A table that is drawn anew, those with trouble and those under way first. */
  static final class Table extends DeployScreen {
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
    void changed(DeployNode node) {
      // the table is drawn some times a second
    }

    private void clear() {
      if (drawn > 0) {
        // ECMA-48 8.3.36 and 8.3.39: some lines up, and nothing below.
        out.print(Shown.control("[" + drawn + "F") + Shown.control("[J"));
        drawn = 0;
      }
    }

    @Override
    synchronized void log(String line) {
      clear();
      out.println(line);
    }

    @Override
    synchronized void tick(List<DeployNode> nodes) {
      clear();
      List<String> lines =
          lines(nodes.stream().map(DeployNode::view).toList(), Instant.now(), columns, rows);
      lines.forEach(out::println);
      out.flush();
      drawn = lines.size();
    }

    /** At most so many lines of at most so many characters; the last counts. */
    static List<String> lines(List<DeployNode.View> views, Instant now, int columns, int rows) {
      List<DeployNode.View> sorted = new ArrayList<>(views);
      sorted.sort((a, b) -> Integer.compare(rank(a), rank(b)));
      int width = views.stream().mapToInt(view -> view.name().length()).max().orElse(0);
      List<String> lines = new ArrayList<>();
      for (DeployNode.View view : sorted) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%-" + Math.max(1, width) + "s  %-36s %6d s  %s",
                view.name(),
                view.step().shown(),
                Math.max(0, Duration.between(view.since(), now).toSeconds()),
                view.trouble().isEmpty() ? view.detail() : view.trouble()));
      }
      int most = Math.max(1, rows - 2);
      List<String> shown = new ArrayList<>(lines.subList(0, Math.min(most, lines.size())));
      shown.add(count(views) + (lines.size() > most ? "; not all are shown" : ""));
      return shown.stream()
          .map(line -> line.length() <= columns ? line : line.substring(0, columns - 1) + "…")
          .toList();
    }

    private static int rank(DeployNode.View view) {
      return switch (view.step()) {
        case FAILED, LEFT_ALONE -> 0;
        case WAITS -> 2;
        case DONE -> 3;
        default -> 1;
      };
    }

    private static String count(List<DeployNode.View> views) {
      long done = views.stream().filter(view -> view.step() == Step.DONE).count();
      long ended = views.stream().filter(view -> view.step().isEnd()).count() - done;
      return done + " of " + views.size() + " done, " + ended + " failed or left alone";
    }
  }
}
