import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * One line of the result: what was measured, beside whom, and whether it reached its target.
 *
 * @param ours of {@code what}
 * @param peer who was measured in the same run; empty if the figure stands for itself
 * @param theirs of {@code peer}; null without one
 * @param figure what has to reach the target: a ratio, or a figure that stands for itself
 * @param target in words
 */
record Row(
    String what,
    Measure ours,
    String unit,
    String peer,
    Measure theirs,
    double figure,
    String target,
    boolean reached) {

  /** Ours takes at most so many times the time of the peer. */
  static Row atMost(double target, String what, Measure ours, String peer, Measure theirs) {
    double ratio = ours.wall() / theirs.wall();
    return new Row(what, ours, "ms", peer, theirs, ratio, times(target), ratio <= target);
  }

  /** The same, and at most so many times the processor time. */
  static Row atMost(
      double target, double cpuTarget, String what, Measure ours, String peer, Measure theirs) {
    double ratio = ours.wall() / theirs.wall();
    boolean reached = ratio <= target && ours.cpu() / theirs.cpu() <= cpuTarget;
    String text = times(target) + ", CPU " + times(cpuTarget);
    return new Row(what, ours, "ms", peer, theirs, ratio, text, reached);
  }

  /** Ours takes at most so many milliseconds more than the peer. */
  static Row atMostAdded(double target, String what, Measure ours, String peer, Measure theirs) {
    String text = String.format(Locale.ROOT, "at most %.0f ms more", target);
    double added = ours.wall() - theirs.wall();
    double ratio = ours.wall() / theirs.wall();
    return new Row(what, ours, "ms", peer, theirs, ratio, text, added <= target);
  }

  /** A figure that stands for itself. */
  static Row figure(double target, String what, double ours, String unit) {
    String text = String.format(Locale.ROOT, "at most %s %s", shown(target), unit);
    Measure measure = new Measure(ours, ours, ours, Double.NaN);
    return new Row(what, measure, unit, "", null, ours, text, ours <= target);
  }

  private static String times(double target) {
    return String.format(Locale.ROOT, "at most %s ×", shown(target));
  }

  private boolean paired() {
    return theirs != null;
  }

  private double cpuRatio() {
    return paired() ? ours.cpu() / theirs.cpu() : Double.NaN;
  }

  /** A table in Markdown, as the README has it: medians, and in brackets the quartiles. */
  static String table(List<Row> rows) {
    StringBuilder out = new StringBuilder();
    out.append("| what | time | CPU | beside | time | CPU | ratio | CPU ratio | target | |\n");
    out.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      out.append("| " + row.what + " | " + row.spread(row.ours) + " | " + row.cpu(row.ours));
      out.append(" | " + row.peer + " | ");
      out.append(row.paired() ? row.spread(row.theirs) + " | " + row.cpu(row.theirs) : " |");
      out.append(" | " + (row.paired() ? shown(row.figure) : ""));
      out.append(" | " + (Double.isNaN(row.cpuRatio()) ? "" : shown(row.cpuRatio())));
      out.append(" | " + row.target + " | " + (row.reached ? "reached" : "**missed**") + " |\n");
    }
    return out.toString().replace("  |", " |");
  }

  private String spread(Measure measure) {
    String value = shown(measure.wall()) + " " + unit;
    return measure.low() == measure.high()
        ? value
        : value + " (" + shown(measure.low()) + " to " + shown(measure.high()) + ")";
  }

  private String cpu(Measure measure) {
    return Double.isNaN(measure.cpu()) ? "" : shown(measure.cpu()) + " ms";
  }

  /** One object per row; times in milliseconds, sizes in megabytes. */
  static String json(List<Row> rows) {
    JsonArray array = new JsonArray();
    for (Row row : rows) {
      JsonObject object = new JsonObject();
      String suffix = row.unit.equals("ms") ? "Ms" : "MB";
      object.addProperty("what", row.what);
      add(object, "ours", suffix, row.ours);
      if (row.paired()) {
        object.addProperty("peer", row.peer);
        add(object, "peer", suffix, row.theirs);
        object.addProperty("ratio", row.figure);
        if (!Double.isNaN(row.cpuRatio())) {
          object.addProperty("cpuRatio", row.cpuRatio());
        }
      }
      object.addProperty("target", row.target);
      object.addProperty("reached", row.reached);
      array.add(object);
    }
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(array) + "\n";
  }

  private static void add(JsonObject object, String name, String suffix, Measure measure) {
    object.addProperty(name + suffix, measure.wall());
    if (measure.low() != measure.high()) {
      object.addProperty(name + "LowMs", measure.low());
      object.addProperty(name + "HighMs", measure.high());
    }
    if (!Double.isNaN(measure.cpu())) {
      object.addProperty(name + "CpuMs", measure.cpu());
    }
  }

  /** A row that {@code bench/write --json} printed, in the fields that {@link #json} writes. */
  static Row read(JsonObject row) {
    String suffix = row.has("oursMs") ? "Ms" : "MB";
    boolean paired = row.has("peer");
    Measure ours = measure(row, "ours", suffix);
    return new Row(
        row.get("what").getAsString(),
        ours,
        suffix.equals("Ms") ? "ms" : "MB",
        paired ? row.get("peer").getAsString() : "",
        paired ? measure(row, "peer", suffix) : null,
        paired ? row.get("ratio").getAsDouble() : ours.wall(),
        row.get("target").getAsString(),
        row.get("reached").getAsBoolean());
  }

  private static Measure measure(JsonObject row, String name, String suffix) {
    double wall = row.get(name + suffix).getAsDouble();
    return new Measure(
        wall,
        row.has(name + "LowMs") ? row.get(name + "LowMs").getAsDouble() : wall,
        row.has(name + "HighMs") ? row.get(name + "HighMs").getAsDouble() : wall,
        row.has(name + "CpuMs") ? row.get(name + "CpuMs").getAsDouble() : Double.NaN);
  }

  /** Three digits, or all of a whole number. */
  private static String shown(double number) {
    int digits = number >= 99.5 ? 0 : number >= 9.95 ? 1 : number >= 0.0995 ? 2 : 4;
    String text = String.format(Locale.ROOT, "%,." + digits + "f", number);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
