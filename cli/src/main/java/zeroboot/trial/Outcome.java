package zeroboot.trial;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one boot went.
 *
 * @param reached the last stage that it came to
 * @param details what the screen said of stages
 * @param seconds that it took
 * @param failure why it came no further; empty if it came as far as was asked
 * @param url where a kernel was looked for last, else empty
 * @param screen the last lines, printable ASCII
 * @param accelerator that it ran with
 * @param whyNotKvm why that is not KVM though nobody has ruled it out
 */
public record Outcome(
    Milestone reached,
    Map<Milestone, String> details,
    double seconds,
    Optional<String> failure,
    String url,
    List<String> screen,
    Accelerator accelerator,
    Optional<String> whyNotKvm) {

  /** Keeps its own collections. */
  public Outcome {
    details = Map.copyOf(details);
    screen = List.copyOf(screen);
  }

  /** The same, with another reason for doing without KVM. */
  Outcome without(String kvmVerdict) {
    return new Outcome(
        reached, details, seconds, failure, url, screen, accelerator, Optional.of(kvmVerdict));
  }

  /** Whether it came as far as was asked. */
  public boolean isGood() {
    return failure.isEmpty();
  }
}
