package zeroboot.cli.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import zeroboot.cli.console.Shown;
import zeroboot.image.StickRecord;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Content;
import zeroboot.usb.Device;
import zeroboot.usb.Machine;
import zeroboot.usb.WriteIntent;
import zeroboot.usb.probe.FoundMark;
import zeroboot.usb.probe.Probe;
import zeroboot.usb.source.ImageSource;

/**
 * What will be erased, and what will be there instead.
 *
 * @param verdict what the image is
 * @param record what the image says of itself, if it is one of ours
 */
record WritePlan(
    ImageSource image, ImageVerdict verdict, Optional<StickRecord> record, List<Erasure> erasures) {
  /** Formats that hold data which no mount shows while nobody has opened them. */
  private static final Set<String> CLOSED =
      Set.of("LUKS", "BitLocker", "LVM", "Linux RAID", "Intel RAID", "DDF RAID", "ZFS", "Ceph");

  /**
   * One device.
   *
   * @param clears what of its old contents is zeroed, as far as anybody may look
   * @param notes what a person should think about
   */
  record Erasure(ListedDevice listed, List<FoundMark> clears, List<String> notes) {
    Device device() {
      return listed.device();
    }
  }

  static WritePlan of(
      Machine machine,
      ImageSource image,
      ImageVerdict verdict,
      List<Device> devices,
      WriteSwitches switches,
      Predicate<Device> mayUnmount) {
    List<Erasure> erasures = new ArrayList<>();
    for (Device device : devices) {
      List<FoundMark> clears = switches.keepsSignatures() ? List.of() : signatures(machine, device);
      WriteIntent intent = switches.intent(image.size(), mayUnmount.test(device));
      erasures.add(new Erasure(ListedDevice.of(machine, device, intent), clears, notes(device)));
    }
    return new WritePlan(image, verdict, record(image), erasures);
  }

  /** What is on a device, in one line; empty if it is a file. */
  String holds(Device device) {
    return erasures.stream()
        .filter(erasure -> erasure.device().equals(device) && device.kind() == Device.Kind.DISK)
        .map(erasure -> Shown.line(DevicesCommand.holds(erasure.listed())))
        .findFirst()
        .orElse("");
  }

  /** Size for a person. */
  String imageSize() {
    return image.size().isPresent()
        ? String.format(Locale.ROOT, "%,d bytes", image.size().getAsLong())
        : "of unknown size";
  }

  private static List<FoundMark> signatures(Machine machine, Device device) {
    if (device.size() == 0) {
      return List.of();
    }
    try (BlockReader reader = machine.read(device)) {
      return Probe.signatures(reader, device.geometry().blockSize());
    } catch (IOException e) {
      // The same will be said, and stop the write, when the device is opened.
      return List.of();
    }
  }

  private static List<String> notes(Device device) {
    List<String> notes = new ArrayList<>();
    if (device.kind() == Device.Kind.DISK && !device.geometry().isRemovable()) {
      notes.add("This is a whole disk (" + device.bus().shown() + "), not a stick.");
    }
    List<Content> all = new ArrayList<>(device.contents().whole());
    device.contents().partitions().forEach(partition -> all.addAll(partition.contents()));
    for (Content content : all) {
      if (CLOSED.contains(content.name())) {
        notes.add("It holds " + content.shown() + ", which is not open now.");
      }
    }
    return notes;
  }

  private static Optional<StickRecord> record(ImageSource image) {
    if (!image.isRepeatable()) {
      return Optional.empty();
    }
    ByteBuffer start = ByteBuffer.allocate(StickRecord.LOOKED_AT);
    try (ReadableByteChannel channel = image.open()) {
      while (start.hasRemaining() && channel.read(start) >= 0) {
        // A channel gives what it has.
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return StickRecord.on(Arrays.copyOf(start.array(), start.position()));
  }
}
