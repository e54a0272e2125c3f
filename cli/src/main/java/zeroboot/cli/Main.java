package zeroboot.cli;

/** Entry point. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Zboot.run(args, System.out, System.err));
  }
}
