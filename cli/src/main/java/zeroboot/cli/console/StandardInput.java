package zeroboot.cli.console;

import java.io.InputStream;

/** What was typed or piped into the process. Nobody else names {@code System.in}. */
public final class StandardInput {
  private StandardInput() {}

  /**
   * The stream, which can be read once.
   *
   * @throws zeroboot.ground.ZbootException (I/O) if it is closed
   */
  public static InputStream open() {
    Descriptors.requireInput();
    return System.in;
  }
}
