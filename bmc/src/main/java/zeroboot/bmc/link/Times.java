package zeroboot.bmc.link;

import java.time.Duration;
import java.util.Optional;

/**
 * How patient we are.
 *
 * @param connect to be let in by TCP and TLS
 * @param read for an answer
 * @param insert for an insert to be done, or its task
 * @param power for the machine to be on or off
 * @param busy for a controller that says it is busy, or a machine in its self-test
 * @param poll between two looks
 * @param whole for all that is asked together, each wait in it included; empty for as long as the
 *     others add up to
 */
public record Times(
    Duration connect,
    Duration read,
    Duration insert,
    Duration power,
    Duration busy,
    Duration poll,
    Optional<Deadline> whole) {
  /** What real ones need. */
  public static final Times USUAL =
      new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(60),
          Duration.ofSeconds(180),
          Duration.ofSeconds(2));

  /** Without an end of the whole. */
  public Times(
      Duration connect,
      Duration read,
      Duration insert,
      Duration power,
      Duration busy,
      Duration poll) {
    this(connect, read, insert, power, busy, poll, Optional.empty());
  }

  /** The same, for what has to be done in this time, from now on. */
  public Times within(Duration time) {
    return new Times(connect, read, insert, power, busy, poll, Optional.of(Deadline.after(time)));
  }

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
