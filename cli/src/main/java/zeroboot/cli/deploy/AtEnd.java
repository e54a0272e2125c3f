package zeroboot.cli.deploy;

/** Work that Ctrl-C ends in order. */
final class AtEnd {
  private AtEnd() {}

  /**
   * Works.
   *
   * @param end what ends it before the process ends
   */
  static void guarded(Runnable end, Runnable work) {
    Thread hook = new Thread(end, "end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      work.run();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the hook runs
      }
    }
  }
}
