package zeroboot.bmc.link;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Closes what somebody reads from for too long, which ends the reading with an error. */
final class Alarm {
  private final CompletableFuture<Boolean> rings = new CompletableFuture<>();

  private Alarm() {}

  /** One that rings after a time, and closes this then. */
  static Alarm after(Duration time, Closeable what) {
    Alarm alarm = new Alarm();
    var unused =
        alarm
            .rings
            .completeOnTimeout(true, time.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(
                isOver -> {
                  if (isOver) {
                    close(what);
                  }
                });
    return alarm;
  }

  private static void close(Closeable what) {
    try {
      what.close();
    } catch (IOException e) {
      // it is not read from any more, which was the aim
    }
  }

  /** It is not needed any more. */
  void off() {
    rings.complete(false);
  }

  /** Whether it has rung. */
  boolean isOver() {
    return rings.getNow(false);
  }
}
