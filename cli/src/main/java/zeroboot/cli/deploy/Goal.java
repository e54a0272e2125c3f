package zeroboot.cli.deploy;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/** What is waited for. */
enum Goal {
  STARTED(Step.STARTED),
  ADDRESS(Step.ADDRESS),
  SCRIPT(Step.FETCHED),
  NONE(Step.BOOTS);

  private final Step step;

  Goal(Step step) {
    this.step = step;
  }

  static Goal of(String word) {
    List<String> words = Arrays.stream(values()).map(Goal::word).toList();
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                ZbootException.usage(
                    "--wait " + word, "there is no such word", Spelling.mend(word, words)));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The step that a node has to report.
   *
   * @param isProvisioned whether a server tells it what to start, which it does not report
   */
  Step step(boolean isProvisioned) {
    return isProvisioned && this == STARTED ? Step.FETCHED : step;
  }

  /** For the completion of the option. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(values()).map(Goal::word).iterator();
    }
  }
}
