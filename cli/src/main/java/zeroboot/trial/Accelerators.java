package zeroboot.trial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/**
 * With what the machines of one command run. Whether KVM works is known when something has booted
 * with it; what one boot has shown need not be found out again by the next.
 */
final class Accelerators {
  /**
   * With KVM, each step takes a second or two, and where the script waits for an address it shows
   * that. A machine that shows nothing new for so long is better started anew with TCG: at worst
   * that costs time.
   */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** Where nothing else is to be tried, patience costs nothing but time. */
  private static final Duration SILENCE_AT_MOST = Duration.ofSeconds(30);

  private final AcceleratorChoice choice;
  private Optional<String> whyNotKvm;

  private Accelerators(AcceleratorChoice choice, Optional<String> whyNotKvm) {
    this.choice = choice;
    this.whyNotKvm = whyNotKvm;
  }

  /**
   * Those of a computer.
   *
   * @param device {@code /dev/kvm}, as a rule
   * @throws ZbootException (I/O) if KVM is wanted and the device does not open
   */
  static Accelerators of(AcceleratorChoice choice, Path device) {
    Optional<KvmDevice.Obstacle> obstacle =
        choice == AcceleratorChoice.TCG ? Optional.empty() : KvmDevice.obstacle(device);
    if (choice == AcceleratorChoice.KVM && obstacle.isPresent()) {
      throw obstacle.get().toException();
    }
    return new Accelerators(choice, obstacle.map(KvmDevice.Obstacle::what));
  }

  /** With what the next boot begins. */
  Accelerator next() {
    boolean kvm = choice != AcceleratorChoice.TCG && whyNotKvm.isEmpty();
    return kvm ? Accelerator.KVM : Accelerator.TCG;
  }

  /** Why it is not KVM though nobody has ruled that out. */
  Optional<String> whyNotKvm() {
    return whyNotKvm;
  }

  /** Whether TCG may take the place of a KVM that fails. */
  boolean mayFallBack() {
    return choice == AcceleratorChoice.AUTO;
  }

  /** For this reason the next boot does not try KVM. */
  void giveUpKvm(String why) {
    whyNotKvm = Optional.of(why);
  }

  /** What was held against KVM was not its fault. */
  void trustKvmAgain() {
    whyNotKvm = Optional.empty();
  }

  /** How long a machine with KVM may show nothing new before its script has an address. */
  Duration silence(Optional<Duration> timeout) {
    if (!mayFallBack()) {
      return SILENCE_AT_MOST;
    }
    return timeout
        .map(limit -> limit.dividedBy(2))
        .filter(half -> half.compareTo(SILENCE) < 0)
        .orElse(SILENCE);
  }
}
