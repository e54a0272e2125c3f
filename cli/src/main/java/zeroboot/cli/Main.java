package zeroboot.cli;

/** Entry point. */
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    System.out.println(zeroboot.core.BundledCore.load().version());
  }
}
