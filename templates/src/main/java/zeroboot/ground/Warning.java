package zeroboot.ground;

/** A line of a log that somebody should read. */
public final class Warning {
  private static final String WORD = "Warning: ";

  private Warning() {}

  /** Makes one of what is to be said. */
  public static String of(String text) {
    return WORD + text;
  }

  /** Whether a line is one. */
  public static boolean isOne(String line) {
    return line.startsWith(WORD);
  }

  /** What one says, or any other line. */
  public static String text(String line) {
    return isOne(line) ? line.substring(WORD.length()) : line;
  }
}
