package zeroboot.bmc.link;

import java.time.Duration;

/**
 * How patient we are.
 *
 * @param connect to be let in by TCP and TLS
 * @param read for an answer
 * @param insert for an insert to be done, or its task
 * @param power for the machine to be on or off
 * @param busy for a controller that says it is busy, or a machine in its self-test
 * @param poll between two looks
 */
public record Times(
    Duration connect,
    Duration read,
    Duration insert,
    Duration power,
    Duration busy,
    Duration poll) {
  /** What real ones need. */
  public static final Times USUAL =
      new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(60),
          Duration.ofSeconds(180),
          Duration.ofSeconds(2));

  /** Waits; an interrupt ends the work with this controller. */
  public void pause() {
    pause(poll);
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BmcException.of(
          BmcException.Kind.INTERRUPTED, "interrupted", "run it again: it goes on");
    }
  }
}
