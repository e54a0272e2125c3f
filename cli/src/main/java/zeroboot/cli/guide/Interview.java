package zeroboot.cli.guide;

import java.util.List;
import java.util.function.ToIntFunction;
import zeroboot.cli.console.Dialogue;
import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.Invocation;

/**
 * {@code zboot} without a command, at a terminal: asks what a farmer has to answer, makes a command
 * line of it, and runs that like any other. The device's own question is asked by it, too.
 */
final class Interview {
  private final Dialogue dialogue;
  private final Surroundings here;
  private final ToIntFunction<List<String>> runner;
  private final PlaceQuestions place;
  private final List<Step> steps;

  /** A question, or some that belong together. */
  interface Step {
    /** Whether the answers by now leave it open. */
    default boolean isAsked() {
      return true;
    }

    /**
     * Asks, with the answer of before as what Enter takes.
     *
     * @throws Dialogue.Back if the question before is wanted
     */
    void ask();
  }

  /**
   * A guide that has asked nothing yet.
   *
   * @param runner runs a command line and tells its exit code
   */
  Interview(Dialogue dialogue, Surroundings here, ToIntFunction<List<String>> runner) {
    this.dialogue = dialogue;
    this.here = here;
    this.runner = runner;
    Answers answers = new Answers();
    place = new PlaceQuestions(dialogue, here, answers);
    steps = place.around(new NodeQuestions(dialogue, here, answers).steps());
  }

  /**
   * Asks everything. Nothing is written before the command that is returned runs.
   *
   * @throws Dialogue.Ended if who was asked has left
   */
  List<String> ask() {
    dialogue.say("Makes the boot medium that turns a PC into a Zero-OS node.");
    dialogue.say(
        "Enter takes what stands in [brackets], ? explains, < goes back a question, Ctrl-C ends"
            + " it.");
    dialogue.say("");
    askFrom(0);
    return place.command();
  }

  /** After a command that failed: everything is still there, and the last question is asked. */
  List<String> askAgain() {
    dialogue.say("");
    dialogue.say("Your answers are kept: Enter takes them, < goes back, Ctrl-C ends it.");
    askFrom(steps.size() - 1);
    return place.command();
  }

  private void askFrom(int first) {
    int at = first;
    boolean isBack = false;
    while (at < steps.size()) {
      if (at < 0) {
        dialogue.say("This is the first question.");
        at = 0;
        isBack = false;
      }
      Step step = steps.get(at);
      if (step.isAsked()) {
        try {
          step.ask();
          isBack = false;
        } catch (Dialogue.Back e) {
          isBack = true;
        }
      }
      at += isBack ? -1 : 1;
    }
  }

  /** Runs what was asked for, and tells how to say it in one line. */
  int run(List<String> command) {
    int exitCode = runner.applyAsInt(command);
    if (exitCode == ExitCode.OK) {
      dialogue.say("");
      dialogue.say("The same in one line:");
      dialogue.sayCommand(
          "  "
              + (command.get(0).equals("write")
                  ? Invocation.asRoot(here.environment(), command)
                  : Invocation.of(here.environment(), command)));
    }
    return exitCode;
  }
}
