package zeroboot.cli;

import java.io.PrintStream;

/**
 * Where a command speaks.
 *
 * @param out carries the result and nothing else
 * @param err carries the talk
 * @param outPaint colours for {@code out}
 * @param errPaint colours for {@code err}
 */
record Streams(PrintStream out, PrintStream err, Paint outPaint, Paint errPaint) {
  /** Says what went wrong, in one line. */
  void error(String text) {
    err.println(errPaint.bad("zboot:") + " " + text);
  }

  /** Says what the user should know and what stops nobody. */
  void warning(String text) {
    err.println(errPaint.warning("Warning:") + " " + text);
  }
}
