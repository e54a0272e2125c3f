package zeroboot.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/** What a machine shows on its serial line, as plain text, and the keys that are sent to it. */
public final class Console {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private final Process process;
  private final ScreenText screen;
  private boolean ended;

  Console(Process process, int columns) {
    this.process = process;
    screen = new ScreenText(columns);
    Thread reader = new Thread(this::read, "serial line of QEMU " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    byte[] buffer = new byte[4096];
    try (InputStream from = process.getInputStream()) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        show(buffer, n);
      }
    } catch (IOException e) {
      // The line of a killed machine breaks; what was read before is what there is.
      show(new byte[0], 0);
    }
    end();
  }

  private synchronized void show(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      screen.put((char) (bytes[i] & 0xFF));
    }
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits until a machine that is off has nothing more to show. */
  synchronized void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ended && System.nanoTime() < deadline) {
      wait(100);
    }
  }

  /** Everything shown so far, lines separated by line feeds, without colours and cursor moves. */
  public synchronized String text() {
    return screen.toString();
  }

  /** Waits for this text, two minutes at most. */
  public void await(String expected) {
    await(expected, PATIENCE);
  }

  /** Waits for this text; fails with the whole screen if the machine ends or time runs out. */
  public void await(String expected, Duration atMost) {
    await(Pattern.compile(Pattern.quote(expected)), atMost);
  }

  /** Waits for text like this, two minutes at most. */
  public MatchResult await(Pattern expected) {
    return await(expected, PATIENCE);
  }

  /** Waits for text like this; fails with the whole screen if the machine ends or time runs out. */
  public synchronized MatchResult await(Pattern expected, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      Matcher matcher = expected.matcher(screen.toString());
      if (matcher.find()) {
        return matcher.toMatchResult();
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (ended || left <= 0) {
        String why = ended ? "the machine ended" : "nothing within " + atMost.toSeconds() + " s";
        Assertions.fail("expected: " + expected + "; " + why + ". Screen:\n" + screen);
      }
      waitAtMost(left);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // await() is the loop
  private synchronized void waitAtMost(long milliseconds) {
    try {
      wait(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Types these characters; {@code \r} is the enter key. */
  public void send(String keys) {
    try {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(text(), e);
    }
  }
}
