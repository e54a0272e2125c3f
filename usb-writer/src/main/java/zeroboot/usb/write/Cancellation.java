package zeroboot.usb.write;

/** Somebody's wish to stop, made in one thread and heard in another. */
public final class Cancellation {
  private volatile boolean isWanted;

  /** Asks everybody who listens to stop as soon as they safely can. */
  public void request() {
    isWanted = true;
  }

  /** Whether to stop. */
  public boolean isWanted() {
    return isWanted;
  }
}
