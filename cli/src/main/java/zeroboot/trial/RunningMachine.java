package zeroboot.trial;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import zeroboot.spec.ZbootException;

/**
 * A QEMU that runs. It ends with this object, and with this program: whoever presses Ctrl-C leaves
 * no virtual machine behind. No other process is ever touched.
 */
final class RunningMachine implements AutoCloseable {
  private static final int CHUNK = 4096;

  /** More than this is not read ahead of what has been looked at. */
  private static final int CHUNKS = 64;

  private static final int KEPT_ERRORS = 20;
  private static final int LONGEST_ERROR = 300;
  private static final long PATIENCE_SECONDS = 2;
  private static final byte[] END = {};

  private final Process process;
  private final BlockingQueue<byte[]> output = new LinkedBlockingQueue<>(CHUNKS);
  private final Deque<String> errors = new ArrayDeque<>();
  private final Thread reader = new Thread(this::readOutput, "serial line");
  private final Thread errorReader = new Thread(this::readErrors, "QEMU's errors");
  private final Thread hook = new Thread(this::stopAtExit, "stop QEMU");
  private volatile boolean allRead;
  private volatile boolean stopping;

  private RunningMachine(Process process) {
    this.process = process;
    reader.setDaemon(true);
    reader.start();
    errorReader.setDaemon(true);
    errorReader.start();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts QEMU with this command line. */
  static RunningMachine start(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close(); // nobody types
      return new RunningMachine(process);
    } catch (IOException e) {
      throw ZbootException.io(
          command.get(0), "cannot be started (" + e.getMessage() + ")", "install QEMU anew");
    }
  }

  private void readOutput() {
    try (InputStream from = process.getInputStream()) {
      byte[] buffer = new byte[CHUNK];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        byte[] chunk = new byte[n];
        System.arraycopy(buffer, 0, chunk, 0, n);
        output.put(chunk);
      }
    } catch (IOException e) {
      keepError("its serial line broke: " + e.getMessage()); // as that of a stopped machine does
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      allRead = true;
    }
  }

  private void readErrors() {
    StringBuilder line = new StringBuilder();
    try (InputStream from = process.getErrorStream()) {
      for (int c = from.read(); c >= 0; c = from.read()) {
        if (c == '\n') {
          keepError(line.toString());
          line.setLength(0);
        } else if (line.length() < LONGEST_ERROR) {
          line.append(c >= ' ' && c <= '~' ? (char) c : '?');
        }
      }
    } catch (IOException e) {
      keepError(line.toString());
    }
    keepError(line.toString());
  }

  private synchronized void keepError(String line) {
    if (!line.isBlank() && errors.size() < KEPT_ERRORS) {
      errors.addLast(line.strip());
    }
  }

  /**
   * What the machine sends next on its serial line.
   *
   * @return nothing if that is nothing within {@code milliseconds}, or if it has ended
   */
  byte[] next(long milliseconds) throws InterruptedException {
    byte[] chunk = output.poll(milliseconds, TimeUnit.MILLISECONDS);
    return chunk == null ? END : chunk;
  }

  /** Whether it has ended and everything it sent has been given out. */
  boolean hasEnded() {
    return allRead && output.isEmpty();
  }

  /**
   * What QEMU complained of first, once it has ended; empty if it did not. Does not return if this
   * program is about to end as well, so that nothing more is said.
   */
  String complaint() throws InterruptedException {
    errorReader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    boolean signalled = errors().stream().anyMatch(line -> line.contains("terminating on signal"));
    if (signalled) { // Ctrl-C goes to both of us, in no order
      TimeUnit.SECONDS.sleep(1);
    }
    if (stopping) {
      new CountDownLatch(1).await();
    }
    return errors().stream().filter(line -> !line.contains("warning:")).findFirst().orElse("");
  }

  private synchronized List<String> errors() {
    return List.copyOf(errors);
  }

  private void stopAtExit() {
    stopping = true;
    stop();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    reader.interrupt();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the hook is doing the same
    }
  }
}
