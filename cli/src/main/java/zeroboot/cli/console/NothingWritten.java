package zeroboot.cli.console;

import java.io.PrintStream;

/** While it is open, Ctrl-C (or SIGTERM) says that nothing was written. */
public final class NothingWritten {
  private static final String TEXT = "zboot: stopped; nothing was written";

  private final Thread hook;

  public NothingWritten(PrintStream err) {
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
  public static void say(PrintStream err) {
    err.println();
    err.println(TEXT);
  }

  /** From now on something may be written. */
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running: the process ends.
      return;
    }
  }
}
