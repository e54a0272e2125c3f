package zeroboot.cli;

import zeroboot.cli.console.ExitCode;
import zeroboot.cli.console.ShownStream;

/** Entry point. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Whatever speaks in this process is escaped, and what is lost is noticed.
    ShownStream out = ShownStream.standardOutput();
    ShownStream err = ShownStream.standardError();
    System.setOut(out);
    System.setErr(err);
    int exitCode = Zboot.run(args, out, err);
    // Newer Java runtimes look for somebody who logs each exit; a success ends without asking.
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode);
    }
  }
}
