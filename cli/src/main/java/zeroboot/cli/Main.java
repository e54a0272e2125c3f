package zeroboot.cli;

/** Entry point. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    int exitCode = Zboot.run(args, System.out, System.err);
    if (exitCode == ExitCode.OK && System.out.checkError()) {
      System.err.println("zboot: " + Descriptors.lostOutput().getMessage());
      exitCode = ExitCode.IO;
    }
    // Newer Java runtimes look for somebody who logs each exit; a success ends without asking.
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode);
    }
  }
}
