package zeroboot.cli.look;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import zeroboot.cli.console.Shown;
import zeroboot.trial.Accelerator;
import zeroboot.trial.Milestone;
import zeroboot.trial.TrialListener;

/**
 * Tells how far a boot is: on a terminal by one line that grows, else by a line for each stage; or
 * shows the machine's own screen.
 */
final class TryProgress implements TrialListener, AutoCloseable {
  /** A line that a terminal breaks could not be taken back. */
  private static final int COLUMNS = 79;

  private final PrintStream err;
  private final String firmware;
  private final boolean screen;
  private final boolean live;
  private final List<String> steps = new ArrayList<>();
  private boolean drawn;
  private boolean again;

  /**
   * Begins.
   *
   * @param isTerminal whether a person sees {@code err}
   */
  TryProgress(PrintStream err, boolean isTerminal, String firmware, boolean screen) {
    this.err = err;
    this.firmware = firmware;
    this.screen = screen;
    live = !screen && isTerminal;
  }

  @Override
  public void begins(Accelerator accelerator, Optional<String> whyNotKvm) {
    steps.clear();
    String why = again ? "" : whyNotKvm.map(reason -> ": " + reason).orElse("");
    String with = ", with " + accelerator.name() + why;
    if (!live) {
      say("switching on" + (again ? " again" : "") + with);
    } else if (!why.isEmpty()) {
      say("switching on" + with);
    }
    if (live) {
      draw(0);
    }
  }

  @Override
  public void givesUp(String why) {
    close();
    say(why + (live ? "; again with TCG" : ""));
    again = true;
  }

  private void say(String text) {
    err.println(Shown.line(firmware + ": " + text));
  }

  @Override
  public void line(String text) {
    if (screen) {
      err.println(text);
    }
  }

  @Override
  public void reached(Milestone stage, String detail, double seconds) {
    String step = Shown.line(stage.shown() + (detail.isEmpty() ? "" : " " + detail));
    steps.add(
        switch (stage) {
          case BANNER -> Shown.line(detail.replaceFirst(" on the .*|,.*", "")); // farm ID 4242
          case ADDRESS -> step;
          default -> stage.shown();
        });
    if (live) {
      draw(seconds);
    } else if (!screen) {
      err.println(String.format(Locale.ROOT, "%s: %5.1f s  %s", firmware, seconds, step));
    }
  }

  @Override
  public void waiting(Milestone reached, double seconds) {
    if (live) {
      draw(seconds);
    }
  }

  private void draw(double seconds) {
    drawn = true;
    String time = String.format(Locale.ROOT, "  %.0f s", seconds);
    String text = firmware + " > " + String.join(" > ", steps);
    int room = COLUMNS - time.length();
    String shown = text.length() > room ? "..." + text.substring(text.length() - room + 3) : text;
    err.print(Shown.clearedLine() + shown + time);
    err.flush();
  }

  @Override
  public void close() {
    if (drawn) {
      err.print(Shown.clearedLine());
      err.flush();
      drawn = false;
    }
  }
}
