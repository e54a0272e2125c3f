package zeroboot.trial;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One boot of one machine, as far as it came.
 *
 * @param outcome what was seen
 * @param kvmFailure why it might have come further without KVM
 */
record Boot(Outcome outcome, Optional<KvmFailure> kvmFailure) {
  private static final long GLANCE_MILLIS = 200;
  private static final double NANO = 1e9;

  /** Switches the machine on, and off again when everything has been seen. */
  static Boot run(
      Trial trial, Accelerator accelerator, Optional<String> whyNotKvm, TrialListener listener) {
    Watcher watcher = new Watcher(trial, accelerator, whyNotKvm, listener);
    try (RunningMachine running =
        RunningMachine.start(trial.machine().command(accelerator), trial.scratch())) {
      return watcher.watch(running);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Boot(watcher.outcome(Optional.of("it was interrupted")), Optional.empty());
    }
  }

  /** What has been seen, and since when. */
  private static final class Watcher {
    private final Trial trial;
    private final Accelerator accelerator;
    private final Optional<String> whyNotKvm;
    private final TrialListener listener;
    private final Duration silence;
    private final long start = System.nanoTime();
    private final BootWatch watch;
    private final SerialScreen screen;
    private long lastSign = start;
    private Milestone told = Milestone.POWER;

    Watcher(
        Trial trial, Accelerator accelerator, Optional<String> whyNotKvm, TrialListener listener) {
      this.trial = trial;
      this.accelerator = accelerator;
      this.whyNotKvm = whyNotKvm;
      this.listener = listener;
      silence = trial.accelerators().silence(trial.timeout());
      watch = new BootWatch(trial.expected());
      screen = new SerialScreen(trial.machine().columns(), this::line);
    }

    Boot watch(RunningMachine running) throws InterruptedException {
      Optional<KvmFailure> kvm = Optional.empty();
      Optional<String> failure = Optional.empty();
      while (!isOver() && kvm.isEmpty() && failure.isEmpty()) {
        take(running.next(GLANCE_MILLIS), running);
        if (!isOver()) {
          failure = failure(running);
          kvm = accelerator == Accelerator.KVM ? kvmFailure(running, failure) : Optional.empty();
        }
      }
      if (isOver()) {
        failure = watch.failure();
      } else if (failure.isEmpty()) {
        failure = kvm.map(KvmFailure::what);
      }
      while (kvm.isEmpty() && trial.machine().display().isPresent() && !running.hasEnded()) {
        take(running.next(GLANCE_MILLIS), running);
      }
      return new Boot(outcome(failure), kvm);
    }

    private boolean isOver() {
      return watch.failure().isPresent() || watch.reached().compareTo(trial.goal()) >= 0;
    }

    /** Why the machine will show nothing more, or not in time. */
    private Optional<String> failure(RunningMachine running) throws InterruptedException {
      if (running.hasEnded()) {
        String complaint = running.complaint();
        return Optional.of(
            complaint.isEmpty() ? "the machine switched itself off" : "QEMU says: " + complaint);
      }
      Optional<String> stopped = running.stopped();
      if (stopped.isPresent()) {
        return stopped.map(state -> "QEMU has stopped the machine (" + state + ")");
      }
      return trial
          .timeout()
          .filter(limit -> System.nanoTime() - start > limit.toNanos())
          .map(limit -> "nothing more within " + limit.toSeconds() + " s");
    }

    /** Whether KVM has to do with it. A user who closes the window has seen enough. */
    private Optional<KvmFailure> kvmFailure(RunningMachine running, Optional<String> failure)
        throws InterruptedException {
      Optional<String> complaint = running.kvmComplaint();
      if (complaint.isPresent()) {
        return Optional.of(new KvmFailure("QEMU says: " + complaint.get(), true));
      }
      boolean closed = trial.machine().display().isPresent() && running.hasEndedWell();
      if (failure.isPresent() && (running.hasEnded() || running.stopped().isPresent())) {
        boolean internal = running.stopped().equals(Optional.of("internal-error"));
        return closed ? Optional.empty() : failure.map(what -> new KvmFailure(what, internal));
      }
      if (watch.reached().compareTo(Milestone.ADDRESS) >= 0) {
        return Optional.empty(); // what follows depends on others
      }
      Optional<String> what = failure;
      if (what.isEmpty() && System.nanoTime() - lastSign > silence.toNanos()) {
        what = Optional.of("no sign of life for " + silence.toSeconds() + " s");
      }
      return what.map(text -> new KvmFailure(text, false));
    }

    private void line(String text) {
      watch.line(text);
      listener.line(text);
    }

    private void take(byte[] bytes, RunningMachine running) {
      if (bytes.length > 0 || (trial.machine().display().isPresent() && running.isPaused())) {
        lastSign = System.nanoTime();
      }
      screen.put(bytes, bytes.length);
      watch.unfinished(screen.unfinished());
      List<Milestone> steps = Milestone.steps();
      while (told.compareTo(watch.reached()) < 0) {
        told = steps.get(steps.indexOf(told) + 1);
        listener.reached(told, watch.details().getOrDefault(told, ""), seconds());
      }
      listener.waiting(watch.reached(), seconds());
    }

    private double seconds() {
      return (System.nanoTime() - start) / NANO;
    }

    Outcome outcome(Optional<String> failure) {
      return new Outcome(
          watch.reached(),
          watch.details(),
          seconds(),
          failure,
          watch.url(),
          watch.screen(),
          accelerator,
          whyNotKvm);
    }
  }
}
