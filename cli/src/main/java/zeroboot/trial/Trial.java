package zeroboot.trial;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One boot of one image in a virtual machine.
 *
 * @param machine that boots it
 * @param expected what its screen has to show
 * @param goal the stage that it has to come to
 * @param timeout how long that may take; empty for as long as the machine runs
 */
record Trial(VirtualMachine machine, Expected expected, Stage goal, Optional<Duration> timeout) {
  private static final long GLANCE_MILLIS = 200;
  private static final double NANO = 1e9;

  /** Boots it. With a window it goes on until that is closed. */
  Outcome run(TrialListener listener) {
    Progress progress = new Progress(listener);
    try (RunningMachine running = RunningMachine.start(machine.command())) {
      while (!isOver(progress.watch) && !running.hasEnded() && !progress.isTooLate()) {
        progress.take(running.next(GLANCE_MILLIS));
      }
      Optional<String> trouble = trouble(progress, running);
      if (machine.display().isPresent()) {
        while (!running.hasEnded()) {
          progress.take(running.next(GLANCE_MILLIS));
        }
      }
      return progress.outcome(trouble);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return progress.outcome(Optional.of("it was interrupted"));
    }
  }

  private boolean isOver(BootWatch watch) {
    return watch.trouble().isPresent() || watch.reached().compareTo(goal) >= 0;
  }

  private Optional<String> trouble(Progress progress, RunningMachine running)
      throws InterruptedException {
    if (isOver(progress.watch)) {
      return progress.watch.trouble();
    }
    if (running.hasEnded()) {
      String complaint = running.complaint();
      return Optional.of(
          complaint.isEmpty() ? "the machine switched itself off" : "QEMU says: " + complaint);
    }
    return Optional.of("nothing more within " + timeout.orElseThrow().toSeconds() + " s");
  }

  /** What has been seen, and since when. */
  private final class Progress {
    private final long start = System.nanoTime();
    private final BootWatch watch = new BootWatch(expected);
    private final TrialListener listener;
    private final SerialScreen screen;
    private Stage told = Stage.POWER;

    Progress(TrialListener listener) {
      this.listener = listener;
      screen = new SerialScreen(machine.columns(), this::line);
    }

    private void line(String text) {
      watch.line(text);
      listener.line(text);
    }

    void take(byte[] bytes) {
      screen.put(bytes, bytes.length);
      watch.unfinished(screen.unfinished());
      List<Stage> steps = Stage.steps();
      while (told.compareTo(watch.reached()) < 0) {
        told = steps.get(steps.indexOf(told) + 1);
        listener.reached(told, watch.details().getOrDefault(told, ""), seconds());
      }
      listener.waiting(watch.reached(), seconds());
    }

    double seconds() {
      return (System.nanoTime() - start) / NANO;
    }

    boolean isTooLate() {
      return timeout.isPresent() && System.nanoTime() - start > timeout.get().toNanos();
    }

    Outcome outcome(Optional<String> trouble) {
      return new Outcome(
          watch.reached(), watch.details(), seconds(), trouble, watch.url(), watch.screen());
    }
  }
}
