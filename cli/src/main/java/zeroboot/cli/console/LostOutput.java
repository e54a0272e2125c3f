package zeroboot.cli.console;

/**
 * Standard output cannot be written, and nothing is left to do. Those who do not look are caught at
 * the end of the run: {@link Streams#finish} says it, once.
 */
public final class LostOutput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LostOutput() {
    super("standard output could not be written");
  }
}
