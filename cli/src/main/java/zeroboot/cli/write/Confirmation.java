package zeroboot.cli.write;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.NothingWritten;
import zeroboot.cli.console.Shown;
import zeroboot.cli.console.Streams;
import zeroboot.ground.ZbootException;
import zeroboot.usb.Device;

/**
 * The questions before anything is erased. They go to the terminal itself, so that neither a pipe
 * nor a file can answer them by accident.
 */
final class Confirmation {
  private static final boolean IS_WINDOWS = System.getProperty("os.name").startsWith("Windows");
  private static final String TERMINAL_IN = IS_WINDOWS ? "CONIN$" : "/dev/tty";
  private static final String TERMINAL_OUT = IS_WINDOWS ? "CONOUT$" : "/dev/tty";
  private static final int LONGEST_ANSWER = 4096;
  private static final int TRIES = 3;
  private static final String EXPLAIN = "?";

  private static final Check YES_NO =
      answer ->
          answer.matches("(?i)y|yes")
              ? Boolean.TRUE
              : answer.matches("(?i)n|no") ? Boolean.FALSE : null;

  private final Streams streams;
  private final Supplier<List<Device>> all;

  /** {@code all} are the devices among which an answer has to be unique. */
  Confirmation(Streams streams, Supplier<List<Device>> all) {
    this.streams = streams;
    this.all = all;
  }

  /** Whether somebody sits there to answer. */
  boolean isPossible() {
    if (streams.errors().behind() != System.err) {
      // Who runs this command inside a program of theirs does not sit at its terminal.
      return false;
    }
    try {
      new FileOutputStream(TERMINAL_OUT).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns if the answer names the device; a new file needs none.
   *
   * @param holds what is on it, in one line; empty if unknown
   * @throws ZbootException if nobody is there to answer, or the answers do not name it
   * @throws Dialogue.Ended if who was asked has left
   */
  void mayErase(Device device, String holds) {
    if (NewFiles.isNew(device)) {
      return;
    }
    String words = device.challenge();
    String what = what(device);
    StringBuilder text = new StringBuilder();
    text.append("Everything on ").append(Shown.line(device.path())).append(" will be lost:\n");
    text.append("  ").append(nature(device)).append('\n');
    if (!holds.isEmpty()) {
      text.append("  it holds ").append(Shown.line(holds)).append('\n');
    }
    text.append("To erase it, type ").append(what).append(" (? explains):\n");
    text.append("  ").append(streams.errPaint().strong(words)).append('\n');
    String help =
        "The words are asked for so that no other disk is erased by mistake. Upper and lower case"
            + " and blanks do not matter"
            + (device.product().serial().isEmpty()
                ? ""
                : ", and the last "
                    + DeviceAnswer.LEAST
                    + " characters of the serial are enough where no"
                    + " other disk has the same")
            + ". Ctrl-C or Ctrl-D stops; nothing is written then.";
    boolean isNamed =
        ask(
            device.path(),
            "add --yes-erase '" + words + "'",
            text.toString(),
            help,
            answer ->
                DeviceAnswer.isTooShort(answer, device, all)
                    ? "Another disk's serial ends so, too. Type more of it."
                    : "That is not " + what + ".",
            answer -> DeviceAnswer.names(answer, device, all) ? Boolean.TRUE : null);
    if (!isNamed) {
      throw ZbootException.refused(
          device.path(),
          "the answer does not name it, and nothing was changed",
          "run the command again, and type " + words);
    }
  }

  /**
   * Asks for yes or no; three answers that are neither mean no.
   *
   * @param where what an error would be about
   * @param script what a script does instead
   * @throws Dialogue.Ended if who was asked has left
   */
  boolean isYes(String where, String text, String help, String script) {
    return ask(
        where,
        script,
        text + " (yes or no, ? explains)\n",
        help,
        answer -> "Type yes or no.",
        YES_NO);
  }

  /** An answer's meaning; null if it has none. */
  private interface Check {
    @Nullable Boolean of(String answer);
  }

  private boolean ask(
      String where,
      String script,
      String text,
      String help,
      UnaryOperator<String> wrong,
      Check check) {
    if (!isPossible()) {
      throw ZbootException.refused(
          where, "there is no terminal to ask on whether it may be erased", script);
    }
    NothingWritten hook = new NothingWritten(streams.errors());
    try (InputStream in = new FileInputStream(TERMINAL_IN);
        OutputStream out = new FileOutputStream(TERMINAL_OUT)) {
      say(out, text);
      for (int left = TRIES; left > 0; ) {
        say(out, "> ");
        String answer = line(in);
        if (answer.equals(EXPLAIN)) {
          say(out, help + "\n");
          continue;
        }
        @Nullable Boolean meaning = check.of(answer);
        if (meaning != null) {
          return meaning;
        }
        left--;
        say(
            out,
            wrong.apply(answer)
                + (left == 0 ? "\n" : left == 1 ? " Last try.\n" : " Once more.\n"));
      }
      return false;
    } catch (IOException e) {
      throw ZbootException.refused(where, "the terminal is gone, and nothing was changed", script);
    } finally {
      hook.close();
    }
  }

  private static String what(Device device) {
    if (device.kind() == Device.Kind.FILE) {
      return "the file's name";
    }
    return device.product().serial().isEmpty() ? "its size and name" : "its serial";
  }

  /** Without its path, which stands before. */
  private static String nature(Device device) {
    String shown = device.shown();
    return Shown.line(
        shown.startsWith(device.path() + ", ")
            ? shown.substring(device.path().length() + 2)
            : shown);
  }

  private void say(OutputStream out, String text) throws IOException {
    out.write(streams.errors().fitted(Shown.lines(text)).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    if (c < 0) {
      throw new Dialogue.Ended();
    }
    while (c >= 0 && c != '\n' && line.size() < LONGEST_ANSWER) {
      line.write(c);
      c = in.read();
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
