package zeroboot.cli.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import zeroboot.ground.ZbootException;

/**
 * Where a command speaks. Both escape what a terminal would obey ({@link Shown}).
 *
 * @param out carries the result and nothing else
 * @param err carries the talk
 * @param outPaint colours for {@code out}
 * @param errPaint colours for {@code err}
 * @param errors carries what went wrong, to the same place; never quiet
 * @param hints puts what to type for this program into advice that names a command of it
 */
public record Streams(
    ShownStream out,
    ShownStream err,
    Paint outPaint,
    Paint errPaint,
    ShownStream errors,
    UnaryOperator<String> hints) {
  /** On any two streams, for a program that is called by its name. */
  public Streams(PrintStream out, PrintStream err, Paint outPaint, Paint errPaint) {
    this(out, err, outPaint, errPaint, UnaryOperator.identity());
  }

  /** On any two streams. */
  public Streams(
      PrintStream out,
      PrintStream err,
      Paint outPaint,
      Paint errPaint,
      UnaryOperator<String> hints) {
    this(ShownStream.on(out), ShownStream.on(err), outPaint, errPaint, hints);
  }

  private Streams(
      ShownStream out,
      ShownStream errors,
      Paint outPaint,
      Paint errPaint,
      UnaryOperator<String> hints) {
    this(out, errors.another(), outPaint, errPaint, errors, hints);
  }

  /** From now on lines break between words where this terminal shows them. */
  public void wrapFor(Terminal terminal) {
    for (ShownStream stream : List.of(out, err, errors)) {
      if (terminal.isBehind(stream)) {
        stream.wrapAt(new Columns(terminal, stream));
      }
    }
  }

  /** Asked for once, as that starts a process. */
  private static final class Columns implements IntSupplier {
    private final Terminal terminal;
    private final ShownStream stream;
    private int known;

    Columns(Terminal terminal, ShownStream stream) {
      this.terminal = terminal;
      this.stream = stream;
    }

    @Override
    public synchronized int getAsInt() {
      if (known == 0) {
        known = terminal.columns(stream);
      }
      return known;
    }
  }

  /** From now on errors and warnings say how grave they are where systemd's journal reads them. */
  public void gradeFor(Map<String, String> environment) {
    Journal journal = new Journal(environment);
    for (ShownStream stream : List.of(out, err, errors)) {
      stream.isJournal = journal.isBehind(stream);
    }
  }

  private static String mark(ShownStream stream, Journal.Grade grade) {
    return stream.isJournal ? grade.mark() : "";
  }

  /** Whether systemd's journal reads the result. */
  public boolean isJournal() {
    return out.isJournal;
  }

  /** From now on there is no talk. */
  public void beQuiet() {
    err.mute();
  }

  /** Whether nobody wants to hear of what goes well. */
  public boolean isQuiet() {
    return err.isMute;
  }

  /** Says what went wrong, in one line. */
  public void error(String text) {
    errors.println(mark(errors, Journal.Grade.ERROR) + errPaint.bad("zboot:") + " " + text);
  }

  /** Says what went wrong, in one line. */
  public void error(ZbootException e) {
    error(e.message(hints));
  }

  /** Says what the user should know and what stops nobody. */
  public void warning(String text) {
    err.println(
        mark(err, Journal.Grade.WARNING) + errPaint.warning("Warning:") + " " + hints.apply(text));
  }

  /**
   * Whether all of the result arrived is known at the end.
   *
   * @param exitCode of the command
   * @return the exit code of the run: a result that is lost is no success, whatever made it
   */
  public int finish(int exitCode) {
    errors.flush();
    if (!out.isLost()) {
      return exitCode;
    }
    if (!out.isPipeClosed()) {
      error(lost());
      return ExitCode.IO;
    }
    return exitCode == ExitCode.OK ? ExitCode.IO : exitCode;
  }

  private ZbootException lost() {
    if (Descriptors.isOutputClosed()) {
      return ZbootException.io(
          "standard output", "is closed", "connect it to what takes the result");
    }
    String why = out.problem().isEmpty() ? "" : " (" + out.problem() + ")";
    return ZbootException.io(
        "standard output",
        "could not be written" + why,
        "make room, or send it somewhere else; the result is lost");
  }
}
