package zeroboot.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks on. */
final class Terminal {
  private Terminal() {}

  /** Whether this is the process's standard error and a terminal shows it. */
  static boolean isBehind(PrintStream err) {
    if (err != System.err) {
      return false;
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.matches("/dev/(pts/\\d+|tty.*|console)");
    } catch (IOException e) {
      // No Linux: plain lines suit a terminal as well.
      return false;
    }
  }
}
