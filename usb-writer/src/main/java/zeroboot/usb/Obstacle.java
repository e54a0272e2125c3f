package zeroboot.usb;

/**
 * One reason not to write to one device.
 *
 * @param reason what is so, as the end of a sentence that begins with the device
 * @param mend what its user can do
 */
public record Obstacle(Guard guard, String reason, String mend) {
  /** As a refusal of this device. */
  public DeviceException refusal(Device device) {
    return DeviceException.refused(device.path(), reason, mend);
  }
}
