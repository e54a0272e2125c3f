package zeroboot.cli.console;

import java.util.ArrayList;
import java.util.List;

/**
 * What to do next, after a command that was one step of several. It is said to a person at a
 * terminal alone: scripts and pipes know, and who asked for quiet has it.
 */
public final class NextSteps {
  /** Behind what is no command line. */
  private static final String ADVICE = ":";

  /**
   * Which disk the stick is nobody can guess: this is refused, with the command that lists them.
   */
  private static final String STICK = "/dev/sdX";

  /** One of them: what it does, and the command line or the advice. */
  private record Step(String does, String text) {
    boolean isAdvice() {
      return does.endsWith(ADVICE);
    }
  }

  private final Session session;
  private final List<Step> steps = new ArrayList<>();

  public NextSteps(Session session) {
    this.session = session;
  }

  /** A command of this program. */
  public NextSteps run(String does, String... words) {
    steps.add(new Step(does, Invocation.of(session.environment(), List.of(words))));
    return this;
  }

  /** A command of this program that wants the rights of root. */
  public NextSteps runAsRoot(String does, String... words) {
    steps.add(new Step(does, Invocation.asRoot(session.environment(), List.of(words))));
    return this;
  }

  /** The stick that this image shall be on. */
  public NextSteps write(String image) {
    return runAsRoot("find your stick", "devices").runAsRoot("write it", "write", image, STICK);
  }

  /** Another program's command. */
  public NextSteps other(String does, String command) {
    steps.add(new Step(does, command));
    return this;
  }

  /** Advice; the lines of a terminal are short. */
  public NextSteps advise(String does, String text) {
    steps.add(new Step(does + ADVICE, text));
    return this;
  }

  /** Says them, unless a program reads what the command says. */
  public void say(boolean isForPrograms) {
    ShownStream err = session.streams().err();
    if (isForPrograms || steps.isEmpty() || !session.terminal().isBehind(err)) {
      return;
    }
    int widest = steps.stream().mapToInt(step -> step.does().length()).max().orElse(0);
    boolean isNarrow =
        steps.stream()
            .filter(step -> !step.isAdvice())
            .anyMatch(step -> !err.hasRoomFor(line(step, widest)));
    err.println();
    err.println(session.streams().errPaint().strong("Next:"));
    for (Step step : steps) {
      if (step.isAdvice()) {
        err.println(line(step, widest));
      } else if (isNarrow) {
        err.println("  " + step.does());
        err.printCommand("    " + step.text());
      } else {
        err.printCommand(line(step, widest));
      }
    }
  }

  /** A second column of what is to be done. */
  private static String line(Step step, int widest) {
    return "  " + step.does() + " ".repeat(widest - step.does().length() + 2) + step.text();
  }
}
