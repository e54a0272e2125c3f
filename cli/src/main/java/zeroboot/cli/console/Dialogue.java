package zeroboot.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.ZbootException;

/** Questions and answers, line by line. */
public final class Dialogue {
  private static final String EXPLAIN = "?";

  private final BufferedReader in;
  private final Streams streams;

  public Dialogue(BufferedReader in, Streams streams) {
    this.in = in;
    this.streams = streams;
  }

  /** Whoever was asked has left: Ctrl-D. */
  public static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A question.
   *
   * @param text without a mark at its end
   * @param otherwise what an empty answer means; null if one has to be given
   * @param help for who answers with a question mark
   */
  public record Question(String text, @Nullable String otherwise, String help) {}

  /** Says a line. */
  public void say(String line) {
    streams.err().println(line);
  }

  /**
   * Asks until the answer is acceptable; {@code check} refuses it as an option would be refused.
   */
  public <T> T ask(Question question, Function<String, T> check) {
    while (true) {
      String answer = answer(question);
      try {
        if (answer.equals(EXPLAIN)) {
          say(
              Shown.lines(
                  HelpLayout.wrapped(question.help(), Terminal.USUAL_COLUMNS - 1).stripTrailing()));
        } else if (answer.isEmpty()) {
          say("Please answer; ? explains.");
        } else {
          return check.apply(answer);
        }
      } catch (ZbootException e) {
        say(streams.errPaint().bad("No:") + " " + e.getMessage());
      }
    }
  }

  /** Asks for yes or no. */
  public boolean isYes(String text, boolean otherwise, String help) {
    return ask(
        new Question(text, otherwise ? "yes" : "no", help),
        answer -> {
          if (answer.matches("(?i)y|yes")) {
            return true;
          }
          if (answer.matches("(?i)n|no")) {
            return false;
          }
          throw ZbootException.settings("'" + answer + "'", "is neither yes nor no", "type one");
        });
  }

  private String answer(Question question) {
    PrintStream err = streams.err();
    err.print(streams.errPaint().strong(question.text()));
    err.print(question.otherwise() == null ? ": " : " [" + question.otherwise() + "]: ");
    err.flush();
    String line;
    try {
      line = in.readLine();
    } catch (IOException e) {
      line = null; // the terminal is gone
    }
    if (line == null) {
      throw new Ended();
    }
    String answer = line.strip();
    return answer.isEmpty() && question.otherwise() != null ? question.otherwise() : answer;
  }
}
