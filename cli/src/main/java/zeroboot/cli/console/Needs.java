package zeroboot.cli.console;

import zeroboot.ground.ZbootException;

/** Options that say something about what another one asks for. */
public final class Needs {
  private Needs() {}

  /**
   * Refuses one that was given without the other.
   *
   * @throws ZbootException (usage) if it was
   */
  public static void check(String option, boolean isGiven, String other, boolean isOtherGiven) {
    if (isGiven && !isOtherGiven) {
      throw ZbootException.usage(option, "has no effect without " + other, "add it");
    }
  }
}
