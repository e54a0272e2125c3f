package zeroboot.trial;

import java.util.Optional;

/** Hears of a boot while it goes on; from one thread. */
public interface TrialListener {
  /**
   * A machine is switched on.
   *
   * @param whyNotKvm why it runs without KVM, unless that is as asked
   */
  default void begins(Accelerator accelerator, Optional<String> whyNotKvm) {}

  /** The machine is given up; the next that begins is in its place. */
  default void givesUp(String why) {}

  /** A line on the machine's screen, printable ASCII. */
  default void line(String text) {}

  /**
   * The machine has come to a stage.
   *
   * @param detail what the screen says of it, may be empty
   */
  default void reached(Milestone stage, String detail, double seconds) {}

  /** Some time has passed. */
  default void waiting(Milestone reached, double seconds) {}
}
