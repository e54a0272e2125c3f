package zeroboot.cli;

import java.io.PrintStream;

/** While it is open, Ctrl-C (or SIGTERM) says that nothing was written. */
final class NothingWritten {
  private static final String TEXT = "zboot: stopped; nothing was written";

  private final Thread hook;

  NothingWritten(PrintStream err) {
    hook =
        new Thread(
            () -> {
              err.println();
              err.println(TEXT);
              err.flush();
            },
            "nothing was written");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Says the same now. */
  static void say(PrintStream err) {
    err.println();
    err.println(TEXT);
  }

  /** From now on something may be written. */
  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running: the process ends.
      return;
    }
  }
}
