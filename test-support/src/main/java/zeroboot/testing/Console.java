package zeroboot.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/** What a machine shows on its serial line, as plain text, and the keys that are sent to it. */
public final class Console {
  /** A loaded machine may take five times as long as an idle one. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What is left to be read when QEMU has ended is there already. */
  private static final Duration REST = Duration.ofSeconds(30);

  private final ScreenText screen;
  private @Nullable OutputStream keyboard;

  /** What QEMU itself says, and the serial line. */
  private int open = 2;

  Console(Process process, int columns) {
    screen = new ScreenText(columns);
    start("messages of QEMU " + process.pid(), process.getInputStream());
  }

  /** The serial line. */
  void attach(InputStream output, OutputStream input) {
    keyboard = input;
    start("serial line", output);
  }

  /** The machine is gone, and nobody types any more. */
  void detach() throws IOException {
    if (keyboard != null) {
      keyboard.close();
    }
  }

  private void start(String name, InputStream from) {
    Thread reader = new Thread(() -> read(from), name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream source) {
    byte[] buffer = new byte[4096];
    try (InputStream from = source) {
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
    open--;
    notifyAll();
  }

  /** Waits until everything that an ended machine has shown is read. */
  synchronized void awaitEnd() {
    long deadline = System.nanoTime() + REST.toNanos();
    while (open > 0 && System.nanoTime() < deadline) {
      waitAtMost(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
  }

  /** Everything shown so far, lines separated by line feeds, without colours and cursor moves. */
  public synchronized String text() {
    return screen.toString();
  }

  /** Waits for this text, five minutes at most. */
  public void await(String expected) {
    await(expected, PATIENCE);
  }

  /** Waits for this text; fails with the whole screen if the machine ends or time runs out. */
  public void await(String expected, Duration atMost) {
    await(Pattern.compile(Pattern.quote(expected)), atMost);
  }

  /** Waits for text like this, five minutes at most. */
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
      if (open == 0 || left <= 0) {
        String why =
            open == 0 ? "the machine ended" : "nothing within " + atMost.toSeconds() + " s";
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
      OutputStream to = Objects.requireNonNull(keyboard, "not attached");
      to.write(keys.getBytes(StandardCharsets.US_ASCII));
      to.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(text(), e);
    }
  }
}
