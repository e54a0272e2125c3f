package zeroboot.usb.macos;

import java.util.HashMap;
import java.util.Map;

/**
 * What the I/O registry tells of disks on USB, and diskutil does not: the serial of the device, and
 * the number of the registry entry, which no other disk gets until the next start of the system.
 */
final class UsbSerials {
  private final Map<String, String> serials = new HashMap<>();
  private final Map<String, String> entries = new HashMap<>();

  private UsbSerials() {}

  /** Out of {@code ioreg -a -r -l -c IOUSBHostDevice}: trees with USB devices at their roots. */
  static UsbSerials in(Plist registry) {
    UsbSerials found = new UsbSerials();
    registry.items().forEach(entry -> found.add(entry, ""));
    return found;
  }

  private void add(Plist entry, String serialAbove) {
    // A hub is a USB device as well; the nearest above a disk is the one that it is in.
    String serial = entry.has("idVendor") ? serial(entry) : serialAbove;
    String name = entry.text("BSD Name");
    if (!name.isEmpty()) {
      serials.merge(name, serial, (first, second) -> first.isEmpty() ? second : first);
      entries.put(name, entry.text("IORegistryEntryID"));
    }
    entry.get("IORegistryEntryChildren").items().forEach(child -> add(child, serial));
  }

  private static String serial(Plist device) {
    String serial = device.text("USB Serial Number");
    return serial.isEmpty() ? device.text("kUSBSerialNumberString") : serial;
  }

  String serial(String disk) {
    return serials.getOrDefault(disk, "");
  }

  String registryEntry(String disk) {
    return entries.getOrDefault(disk, "");
  }
}
