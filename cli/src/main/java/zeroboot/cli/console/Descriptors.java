package zeroboot.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/**
 * Whether standard input and output were open when this process began. The launchers put in the
 * place of a closed one what can only fail; without them Java itself has opened a file there.
 */
public final class Descriptors {
  private static final int IN = 0;
  private static final int OUT = 1;

  /** proc_pid_fdinfo(5): in octal; the last two bits are 0 to read, 1 to write, 2 for both. */
  private static final Pattern READ_ONLY = Pattern.compile("flags:\\s*[0-7]*[04]");

  private static final Pattern WRITE_ONLY = Pattern.compile("flags:\\s*[0-7]*[15]");

  private Descriptors() {}

  /**
   * Called before standard input is read.
   *
   * @throws ZbootException if it is closed
   */
  static void requireInput() {
    if (isMode(IN, WRITE_ONLY) || isOfJava(IN)) {
      throw ZbootException.io(
          "standard input", "is closed", "connect it to what shall be read, or name a file");
    }
  }

  /** Whether a result had nowhere to go from the start. */
  static boolean isOutputClosed() {
    return isMode(OUT, READ_ONLY);
  }

  private static boolean isMode(int descriptor, Pattern flags) {
    try {
      return Files.readString(Path.of("/proc/self/fdinfo/" + descriptor))
          .lines()
          .anyMatch(line -> flags.matcher(line).matches());
    } catch (IOException e) {
      return false; // no Linux
    }
  }

  private static boolean isOfJava(int descriptor) {
    try {
      Path open = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return open.startsWith(Path.of(System.getProperty("java.home")).toRealPath());
    } catch (IOException e) {
      return false; // no Linux
    }
  }
}
