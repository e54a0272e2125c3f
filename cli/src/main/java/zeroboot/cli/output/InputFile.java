package zeroboot.cli.output;

import java.nio.file.Path;
import zeroboot.cli.console.StandardInput;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/** Files that a command reads whole. */
public final class InputFile {
  private static final String STDIN = "-";

  private InputFile() {}

  /** Whether this is how the command line calls standard input. */
  public static boolean isStdin(Path file) {
    return file.toString().equals(STDIN);
  }

  /** What errors and receipts call it. */
  public static String name(Path file) {
    return isStdin(file) ? "standard input" : file.toString();
  }

  /**
   * The bytes of a file or of standard input.
   *
   * @param kind what it is named for, which limits its size
   */
  public static byte[] read(Path file, InputKind kind) {
    if (!isStdin(file)) {
      return BoundedReader.file(file, kind);
    }
    return BoundedReader.stream(name(file), StandardInput.open(), kind);
  }
}
