package zeroboot.cli.write;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import zeroboot.usb.write.Cancellation;

/**
 * While it is open, Ctrl-C (or SIGTERM) asks the writers to stop and waits until they have left the
 * devices in order. The exit code is then the signal's.
 */
final class InterruptGuard implements AutoCloseable {
  /** Longer than a slow stick needs to take what the kernel still holds for it. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;

  InterruptGuard(Cancellation cancellation) {
    hook =
        new Thread(
            () -> {
              cancellation.request();
              await(finished);
            },
            "stop writing");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void await(CountDownLatch finished) {
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("zboot: a device does not answer; pull it out");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is what we are in.
      return;
    }
  }
}
