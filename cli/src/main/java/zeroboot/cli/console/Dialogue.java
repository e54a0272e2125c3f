package zeroboot.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.ZbootException;

/** Questions and answers, line by line. */
public final class Dialogue {
  /** Where a value is from that was given here; who has just typed it knows. */
  public static final String YOUR_ANSWER = "your answer";

  private static final String EXPLAIN = "?";
  private static final Set<String> BACK = Set.of("<", "back");
  private static final Set<String> FORWARD = Set.of(">", "forward", "next");

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

  /** Whoever was asked wants to answer the question before once more. */
  public static final class Back extends RuntimeException {
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

  /** Shows rows that stand below each other, where the terminal is wide enough for them. */
  public void sayPicture(List<String> rows) {
    if (rows.stream().allMatch(streams.err()::hasRoomFor)) {
      rows.forEach(this::sayCommand);
    }
  }

  /** Says a line that may be copied. */
  public void sayCommand(String line) {
    streams.err().printCommand(line);
  }

  /**
   * Asks until the answer is acceptable; {@code check} refuses it as an option would be refused.
   *
   * @throws Back if the question before is wanted
   * @throws Ended if nobody is there any more
   */
  public <T> T ask(Question question, Function<String, T> check) {
    while (true) {
      String answer = answer(question);
      try {
        if (answer.equals(EXPLAIN)) {
          say(question.help());
        } else if (answer.isEmpty()) {
          say("Please answer; ? explains.");
        } else {
          return check.apply(answer);
        }
      } catch (ZbootException e) {
        say(streams.errPaint().bad("No:") + " " + withoutOptions(String.valueOf(e.getMessage())));
      }
    }
  }

  /** Who is asked types no options, and knows that it is about the answer. */
  private static String withoutOptions(String message) {
    String said = message.replaceFirst("^" + YOUR_ANSWER + ": ", "");
    int mend = said.lastIndexOf("; ");
    boolean hasOption = mend >= 0 && said.substring(mend).matches("(?s).*(^| |\\()--?[a-z].*");
    return hasOption ? said.substring(0, mend) : said;
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
    ShownStream err = streams.err();
    String otherwise = question.otherwise() == null ? "" : " [" + question.otherwise() + "]";
    err.printFitted(streams.errPaint().strong(question.text()) + otherwise + ": ");
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
    String word = answer.toLowerCase(Locale.ROOT);
    if (BACK.contains(word)) {
      throw new Back();
    }
    boolean isNothing = answer.isEmpty() || FORWARD.contains(word);
    return isNothing ? question.otherwise() == null ? "" : question.otherwise() : answer;
  }
}
