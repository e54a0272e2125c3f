package zeroboot.cli.write;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import zeroboot.usb.Device;
import zeroboot.usb.WriteIntent;
import zeroboot.usb.write.WriteOptions;

/** The options of {@code zboot write} itself. */
final class WriteSwitches {
  @Option(
      names = "--yes-erase",
      paramLabel = "SERIAL|ID",
      description = "Do not ask about this serial or id. Once for each.")
  List<String> mayErase = new ArrayList<>();

  @Option(names = "--any-image", description = "Write what zboot did not make, too.")
  boolean anyImage;

  @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
  boolean dryRun;

  @Option(names = "--unmount", description = "Unmount what is mounted from the device first.")
  boolean unmount;

  @Option(
      names = "--fixed-disk",
      description = "Allow a disk that is neither removable nor on USB.")
  boolean fixedDisk;

  @Option(names = "--check-capacity", description = "Find out first whether the size is real.")
  boolean checkCapacity;

  @Option(
      names = "--keep-signatures",
      description = "Leave old marks (RAID, LVM...) beyond the image.")
  boolean keepSignatures;

  @Option(names = "--json", description = "Print events as JSON, one a line.")
  boolean json;

  boolean isDryRun() {
    return dryRun;
  }

  boolean mayUnmount() {
    return unmount;
  }

  boolean keepsSignatures() {
    return keepSignatures;
  }

  /** Whether the image may be what zboot did not make. */
  boolean mayBeAnyImage() {
    return anyImage;
  }

  /** {@code mayUnmount} as well as with the option. */
  WriteIntent intent(OptionalLong imageSize, boolean mayUnmount) {
    return new WriteIntent(imageSize, unmount || mayUnmount, fixedDisk);
  }

  WriteOptions writeOptions() {
    return new WriteOptions(keepSignatures, checkCapacity);
  }

  /** Whether {@code --yes-erase} names this device. */
  boolean mayErase(Device device) {
    return mayErase.stream().anyMatch(device::isNamedBy);
  }

  /** The answers that name none of these devices: more likely a mistake than not. */
  List<String> unusedAnswers(List<Device> devices) {
    return mayErase.stream()
        .filter(answer -> devices.stream().noneMatch(device -> device.isNamedBy(answer)))
        .toList();
  }

  /** Whether one answer names more than one of these devices: clones share a serial. */
  boolean isAmbiguous(Device device, List<Device> devices) {
    return mayErase.stream()
        .filter(device::isNamedBy)
        .allMatch(answer -> devices.stream().filter(other -> other.isNamedBy(answer)).count() > 1);
  }

  /** Whether a program listens. */
  boolean isJson() {
    return json;
  }
}
