package zeroboot.bmc.link;

import java.time.Duration;

/**
 * When something has to be done.
 *
 * @param nanos of {@link System#nanoTime()}
 * @param time that there was for it
 */
public record Deadline(long nanos, Duration time) {
  /** One that is so far from now. */
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos(), time);
  }

  /** The time that is left; none at all behind it. */
  Duration left() {
    long nanos = this.nanos - System.nanoTime();
    return nanos <= 0 ? Duration.ZERO : Duration.ofNanos(nanos);
  }

  boolean isOver() {
    return left().isZero();
  }

  /** The shorter of this time and what is left. */
  Duration within(Duration other) {
    Duration left = left();
    return left.compareTo(other) < 0 ? left : other;
  }
}
