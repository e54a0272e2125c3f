package zeroboot.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.ZbootException;

/**
 * Reads a pipe in a thread of its own, since neither opening nor reading one can be given a time:
 * without a writer both wait for ever.
 */
final class PatientRead {
  private static final int STEP = 1 << 16;

  private final Path file;
  private final int most;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int count;
  private volatile @Nullable IOException failure;

  /** Reads no more than {@code most} bytes. */
  PatientRead(Path file, int most) {
    this.file = file;
    this.most = most;
  }

  /**
   * What came.
   *
   * @param patience how long nothing may come
   */
  byte[] bytes(Duration patience) throws IOException {
    Thread thread = new Thread(this::read, "read " + file);
    thread.setDaemon(true); // it may wait for ever
    thread.start();
    try {
      int seen = 0;
      while (!finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        if (count == seen) {
          throw ZbootException.io(
              file.toString(),
              "is a pipe into which nothing was written for " + patience.toSeconds() + " s",
              "look at the program that should write to it, or name a file");
        }
        seen = count;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
    return bytes.toByteArray();
  }

  private void read() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = new byte[STEP];
      int got = 0;
      while (got >= 0 && bytes.size() < most) {
        got = in.read(part, 0, Math.min(part.length, most - bytes.size()));
        bytes.write(part, 0, Math.max(0, got));
        count = bytes.size();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      finished.countDown();
    }
  }
}
