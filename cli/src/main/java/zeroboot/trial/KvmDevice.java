package zeroboot.trial;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/**
 * {@code /dev/kvm}. Only opening it shows whether it may be opened: file modes say nothing of
 * access lists, containers, or a module that is not loaded. That it opens does not mean that it
 * works.
 */
final class KvmDevice {
  private KvmDevice() {}

  /** Why KVM cannot be had, and what would help. */
  record Obstacle(String what, String mend) {
    ZbootException toException() {
      return ZbootException.io("--accel kvm", what, mend + "; or --accel tcg");
    }
  }

  /** What is in the way of opening this device; empty if it opens. */
  static Optional<Obstacle> obstacle(Path device) {
    try (FileChannel opened =
        FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return opened.isOpen() ? Optional.empty() : Optional.of(obstacle(device, new IOException()));
    } catch (IOException e) {
      return Optional.of(obstacle(device, e));
    }
  }

  /** What it means that opening failed so. */
  static Obstacle obstacle(Path device, IOException failure) {
    String switchOn =
        "switch on virtualisation (VT-x, AMD-V) in this computer's setup, and load the module"
            + " kvm_intel or kvm_amd";
    if (failure instanceof NoSuchFileException) {
      return new Obstacle("there is no " + device, switchOn);
    }
    if (failure instanceof AccessDeniedException) {
      return new Obstacle(
          "you may not open " + device,
          "become a member of its group (sudo usermod -aG kvm $USER) and log in again");
    }
    String reason = failure instanceof FileSystemException e ? e.getReason() : null;
    return new Obstacle(
        device + " does not open (" + (reason == null ? failure.getMessage() : reason) + ")",
        switchOn);
  }
}
