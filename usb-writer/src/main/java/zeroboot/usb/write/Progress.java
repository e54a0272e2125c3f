package zeroboot.usb.write;

/** Hears how far one device is. Called from the thread that writes to it. */
public interface Progress {
  /** The steps, in their order. */
  enum Phase {
    CLEARING,
    CHECKING_CAPACITY,
    WRITING,
    FINISHING,
    VERIFYING
  }

  /**
   * A step begins.
   *
   * @param total its bytes; negative if that is unknown
   */
  void begins(Phase phase, long total);

  /** So many bytes of the step are done. */
  void advanced(long done);
}
