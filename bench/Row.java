import java.util.List;
import java.util.Locale;

/**
 * One line of the result: what was measured, beside whom, and whether it reached its target.
 *
 * @param ours in {@code unit}
 * @param peer who was measured in the same run; empty if the figure stands for itself
 * @param theirs in {@code unit}; meaningless without a peer
 * @param figure what has to reach the target: a ratio, or a figure that stands for itself
 */
record Row(
    String what,
    double ours,
    String unit,
    String peer,
    double theirs,
    double figure,
    String target,
    boolean reached) {

  /** Ours takes at most so many times the time of the peer. */
  static Row atMost(double target, String what, double ours, String peer, double theirs) {
    double ratio = ours / theirs;
    String text = String.format(Locale.ROOT, "at most %s ×", shown(target));
    return new Row(what, ours, "ms", peer, theirs, ratio, text, ratio <= target);
  }

  /** Ours takes at most so many milliseconds more than the peer. */
  static Row atMostAdded(double target, String what, double ours, String peer, double theirs) {
    String text = String.format(Locale.ROOT, "at most %.0f ms more", target);
    return new Row(
        what, ours, "ms", peer, theirs, ours / theirs, text, ours - theirs <= target);
  }

  /** A figure that stands for itself. */
  static Row figure(double target, String what, double ours, String unit) {
    String text = String.format(Locale.ROOT, "at most %s %s", shown(target), unit);
    return new Row(what, ours, unit, "", 0, ours, text, ours <= target);
  }

  /** A table in Markdown, as the README has it. */
  static String table(List<Row> rows) {
    StringBuilder out = new StringBuilder();
    out.append("| what | Zero Boot | beside | ratio | target | |\n|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      boolean paired = !row.peer.isEmpty();
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %s %s | %s | %s | %s | %s |%n",
              row.what,
              shown(row.ours),
              row.unit,
              paired ? row.peer + ": " + shown(row.theirs) + " " + row.unit : "",
              paired ? shown(row.figure) : "",
              row.target,
              row.reached ? "reached" : "**missed**"));
    }
    return out.toString();
  }

  /** One object per row; times in milliseconds, sizes in megabytes. */
  static String json(List<Row> rows) {
    StringBuilder out = new StringBuilder("[");
    for (Row row : rows) {
      String suffix = row.unit.equals("ms") ? "Ms" : "MB";
      out.append(out.length() == 1 ? "\n" : ",\n");
      out.append(
          String.format(
              Locale.ROOT, "{\"what\":\"%s\",\"ours%s\":%.3f", row.what, suffix, row.ours));
      if (!row.peer.isEmpty()) {
        out.append(
            String.format(
                Locale.ROOT,
                ",\"peer\":\"%s\",\"peer%s\":%.3f,\"ratio\":%.4f",
                row.peer,
                suffix,
                row.theirs,
                row.figure));
      }
      out.append(
          String.format(
              Locale.ROOT, ",\"target\":\"%s\",\"reached\":%b}", row.target, row.reached));
    }
    return out.append("\n]\n").toString();
  }

  /** Three digits, or all of a whole number. */
  private static String shown(double number) {
    int digits = number >= 99.5 ? 0 : number >= 9.95 ? 1 : number >= 0.0995 ? 2 : 4;
    String text = String.format(Locale.ROOT, "%,." + digits + "f", number);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
