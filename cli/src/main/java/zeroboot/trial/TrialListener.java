package zeroboot.trial;

/** Hears of a boot while it goes on; from one thread. */
public interface TrialListener {
  /** A line on the machine's screen, printable ASCII. */
  default void line(String text) {}

  /**
   * The machine has come to a stage.
   *
   * @param detail what the screen says of it, may be empty
   */
  default void reached(Stage stage, String detail, double seconds) {}

  /** Some time has passed. */
  default void waiting(Stage reached, double seconds) {}
}
