package zeroboot.trial;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/**
 * A QEMU that runs. It ends with this object, and with this program, however that ends: by Ctrl-C
 * in order, and with a program that is killed by its {@link LifeLine}. No other process is ever
 * touched.
 */
final class RunningMachine implements AutoCloseable {
  private static final int CHUNK = 4096;

  /** More than this is not read ahead of what has been looked at. */
  private static final int CHUNKS = 64;

  private static final int KEPT_ERRORS = 20;
  private static final int LONGEST_ERROR = 300;
  private static final long PATIENCE_SECONDS = 2;
  private static final byte[] END = {};

  /** The word, not part of a path: Fedora's QEMU is called qemu-kvm. */
  private static final Pattern KVM = Pattern.compile("(?i)(?<![-/.\\w])kvm(?=[ :_])");

  private static final Pattern FAILURE =
      Pattern.compile("(?i)error|fail|could not|cannot|invalid|not supported|too old");

  private final Process process;
  private final BlockingQueue<byte[]> output = new LinkedBlockingQueue<>(CHUNKS);
  private final Deque<String> errors = new ArrayDeque<>();
  private final Thread reader = new Thread(this::readOutput, "serial line");
  private final Thread errorReader = new Thread(this::readErrors, "QEMU's errors");
  private final Thread hook = new Thread(this::stopAtExit, "stop QEMU");
  private final Optional<MachineState> state;
  private volatile boolean allRead;
  private volatile boolean stopping;

  private RunningMachine(Process process, Optional<MachineState> state) {
    this.process = process;
    this.state = state;
    reader.setDaemon(true);
    reader.start();
    errorReader.setDaemon(true);
    errorReader.start();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts QEMU with this command line. */
  static RunningMachine start(List<String> command, Scratch scratch) {
    Optional<MachineState> state = MachineState.listen(scratch.unused("qmp"));
    List<String> words = new ArrayList<>(command);
    state.ifPresent(qemu -> words.addAll(qemu.options()));
    try {
      Process process = new ProcessBuilder(LifeLine.around(words, scratch.folder())).start();
      return new RunningMachine(process, state);
    } catch (IOException e) {
      state.ifPresent(MachineState::close);
      throw ZbootException.io(
          "/bin/sh", "cannot be started (" + e.getMessage() + ")", "install a shell there");
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
    try (InputStream from = process.getErrorStream()) {
      BoundedLines.each(from, LONGEST_ERROR, this::keepError);
    } catch (IOException e) {
      keepError("its errors cannot be read: " + e.getMessage());
    }
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

  /** The first line by which QEMU says that KVM fails; it may go on, or stop, after that. */
  Optional<String> kvmComplaint() {
    return errors().stream().filter(RunningMachine::isAboutKvm).findFirst();
  }

  /** Whether QEMU says so of KVM, and not of a file whose name has it. */
  static boolean isAboutKvm(String line) {
    return !line.contains("warning:") && KVM.matcher(line).find() && FAILURE.matcher(line).find();
  }

  /** How QEMU calls it that it has stopped the machine for good; empty as long as it has not. */
  Optional<String> stopped() {
    return state.flatMap(MachineState::stopped);
  }

  /** Whether the user has paused it in its window. */
  boolean isPaused() {
    return state.map(MachineState::isPaused).orElse(false);
  }

  /** Whether it has ended without calling that a failure. */
  boolean hasEndedWell() throws InterruptedException {
    return hasEnded()
        && process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        && process.exitValue() == 0;
  }

  private synchronized List<String> errors() {
    return List.copyOf(errors);
  }

  private void stopAtExit() {
    stopping = true;
    stop();
  }

  /** By its handle: {@link Process#destroy} would close the guard's pipe at once. */
  private void stop() {
    ProcessHandle qemu = process.toHandle();
    qemu.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        qemu.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      qemu.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    state.ifPresent(MachineState::close);
    reader.interrupt();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the hook is doing the same
    }
  }
}
