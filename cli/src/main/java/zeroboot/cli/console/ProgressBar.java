package zeroboot.cli.console;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far a piece of work is: a bar that is drawn over itself on a terminal, nothing elsewhere.
 * Threads may share it.
 */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 40;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream err;
  private final boolean shown;
  private final String unit;
  private final int total;
  private int done;
  private long drawn;

  /**
   * A bar at its beginning.
   *
   * @param unit what is counted, in the plural
   */
  public ProgressBar(PrintStream err, boolean shown, String unit, int total) {
    this.err = err;
    this.shown = shown;
    this.unit = unit;
    this.total = total;
  }

  /** One more is done. */
  public synchronized void step() {
    done++;
    long now = System.nanoTime();
    if (shown && (done == total || now - drawn > REDRAW_NANOS)) {
      drawn = now;
      err.print(Shown.toLineStart() + text(done, total, unit));
      err.flush();
    }
  }

  public static String text(int done, int total, String unit) {
    int filled = total == 0 ? WIDTH : WIDTH * done / total;
    return String.format(
        Locale.ROOT,
        "[%s%s] %d of %d %s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        done,
        total,
        unit);
  }

  /** Clears the line for what is said next. */
  @Override
  public synchronized void close() {
    if (shown) {
      err.print(Shown.clearedLine());
      err.flush();
    }
  }
}
