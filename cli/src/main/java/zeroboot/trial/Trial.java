package zeroboot.trial;

import java.time.Duration;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/**
 * One image and one firmware in a virtual machine: one boot, or a second without KVM if the first
 * shows that KVM is no good.
 *
 * @param machine that boots it
 * @param expected what its screen has to show
 * @param goal the stage that it has to come to
 * @param timeout how long a boot may take; empty for as long as the machine runs
 * @param accelerators what it may run with
 * @param scratch for the machine's sockets
 */
record Trial(
    VirtualMachine machine,
    Expected expected,
    Milestone goal,
    Optional<Duration> timeout,
    Accelerators accelerators,
    Scratch scratch) {

  /**
   * Boots it. With a window it goes on until that is closed.
   *
   * @throws ZbootException (I/O) if it has to be KVM, which does not work
   */
  Outcome run(TrialListener listener) {
    Boot first = boot(listener);
    Optional<KvmFailure> kvm = first.kvmFailure();
    if (kvm.isEmpty()) {
      return first.outcome();
    }
    if (!accelerators.mayFallBack()) {
      if (kvm.get().isCertain()) {
        throw kvm.get().toException();
      }
      return first.outcome();
    }
    listener.givesUp(kvm.get().sentence());
    accelerators.giveUpKvm(kvm.get().sentence());
    Boot second = boot(listener);
    if (second.outcome().reached().compareTo(first.outcome().reached()) > 0) {
      String verdict = kvm.get().confirmed().sentence();
      accelerators.giveUpKvm(verdict);
      return second.outcome().without(verdict);
    }
    if (!kvm.get().isCertain()) {
      accelerators.trustKvmAgain(); // the image is the more likely culprit
    }
    return second.outcome();
  }

  private Boot boot(TrialListener listener) {
    Accelerator accelerator = accelerators.next();
    listener.begins(accelerator, accelerators.whyNotKvm());
    return Boot.run(this, accelerator, accelerators.whyNotKvm(), listener);
  }
}
