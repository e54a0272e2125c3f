package zeroboot.cli.write;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import zeroboot.image.StickRecord;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Device;
import zeroboot.usb.Guards;
import zeroboot.usb.Machine;
import zeroboot.usb.Obstacle;
import zeroboot.usb.WriteIntent;

/**
 * A device as {@code zboot devices} shows it.
 *
 * @param stick what it says of itself; empty if it is no Zero Boot stick
 * @param obstacles why zboot would not write to it; empty if it would
 */
public record ListedDevice(Device device, Optional<StickRecord> stick, List<Obstacle> obstacles) {
  public static ListedDevice of(Machine machine, Device device, WriteIntent intent) {
    return new ListedDevice(
        device, stick(machine, device), Guards.obstacles(device, intent, false));
  }

  /** Empty for any other contents, and where nobody may look. */
  private static Optional<StickRecord> stick(Machine machine, Device device) {
    if (!device.contents().isReadable()) {
      return Optional.empty();
    }
    try (BlockReader reader = machine.read(device)) {
      return StickRecord.on(reader.read(0, StickRecord.LOOKED_AT));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
