package zeroboot.cli.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Whether a person looks on, and how wide the view is.
 *
 * @param environment the environment variables
 */
public record Terminal(Map<String, String> environment) {
  /** Where nothing says it. */
  public static final int USUAL_COLUMNS = 80;

  /** Nothing is made for less. */
  static final int LEAST_COLUMNS = 20;

  /** Where nothing says it. */
  private static final int USUAL_ROWS = 24;

  private static final int LEAST_ROWS = 5;

  private static final int STTY_SECONDS = 2;

  /** Whether this is the process's own standard output or error, and a terminal shows it. */
  public boolean isBehind(PrintStream stream) {
    OptionalInt own = descriptor(stream);
    return own.isPresent() && isTerminal(own.getAsInt());
  }

  /** The number of the process's own standard output or error, if the stream is that. */
  static OptionalInt descriptor(PrintStream stream) {
    PrintStream own = stream instanceof ShownStream shown ? shown.behind() : stream;
    if (own == System.err) {
      return OptionalInt.of(2);
    }
    return own == System.out ? OptionalInt.of(1) : OptionalInt.empty();
  }

  /** Whether somebody can type what is read from standard input. */
  public boolean isInput() {
    return isTerminal(0);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.matches("/dev/(pts/\\d+|tty.*|console)");
    } catch (IOException e) {
      // No Linux: plain lines suit a terminal as well.
      return false;
    }
  }

  /**
   * Columns of the terminal behind a stream: what {@code COLUMNS} says, else what the terminal
   * says; 80 where there is none. Asking starts a process, so it is for those who have time.
   */
  public int columns(PrintStream stream) {
    return size(stream, "COLUMNS", 1, LEAST_COLUMNS, USUAL_COLUMNS);
  }

  /** Its rows, likewise: what {@code LINES} says, else what it says itself; else 24. */
  public int rows(PrintStream stream) {
    return size(stream, "LINES", 0, LEAST_ROWS, USUAL_ROWS);
  }

  private int size(PrintStream stream, String variable, int word, int least, int usual) {
    int stated = number(environment.getOrDefault(variable, ""));
    if (stated >= least) {
      return stated;
    }
    int asked = isBehind(stream) ? ask(word) : 0;
    return asked >= least ? asked : usual;
  }

  private static int number(String text) {
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
  }

  /** Rows (word 0) or columns (word 1), as stty of coreutils tells them. */
  private static int ask(int word) {
    ProcessBuilder stty = new ProcessBuilder("stty", "size");
    stty.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/tty").toFile()));
    stty.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = stty.start();
      String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!process.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
      }
      String[] words = size.strip().split(" ", -1);
      return words.length == 2 ? number(words[word]) : 0;
    } catch (IOException e) {
      return 0; // no stty, no terminal of our own
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
