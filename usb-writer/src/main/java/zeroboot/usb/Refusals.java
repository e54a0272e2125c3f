package zeroboot.usb;

/** What every system's port has to say alike when a device cannot be had. */
public final class Refusals {
  private Refusals() {}

  /** Another program has it; {@code who} is empty or begins with a space. */
  public static DeviceException inUse(Device device, String who) {
    return DeviceException.refused(
        device.path(),
        "another program has it, or a part of it, for itself" + who,
        "close that first");
  }

  /** It is not the one that the question was about. */
  public static DeviceException changed(Device device, String how) {
    return DeviceException.refused(
        device.path(),
        "is not the device any more that you were asked about: " + how,
        "run the command again");
  }

  /** Something that is mounted from it stays so. */
  public static DeviceException cannotUnmount(Device device, String what, String why, String mend) {
    return DeviceException.refused(
        device.path(), what + " cannot be unmounted (" + why + ")", mend);
  }

  /** A switch or the system forbids writing. */
  public static DeviceException writeProtected(Device device) {
    return DeviceException.refused(
        device.path(), "is write-protected", "look for a lock switch on the card or stick");
  }

  /** The system says no, for a reason of its own. */
  public static DeviceException cannotOpen(Device device, String why, String mend) {
    return DeviceException.io(device.path(), "cannot be opened for writing (" + why + ")", mend);
  }

  /** What is open now has to be the device that was asked about. */
  public static void checkSame(Device asked, Device now, long openSize) {
    if (openSize != asked.size()) {
      throw changed(asked, "its size was " + asked.size() + " bytes, now it is " + openSize);
    }
    String before = asked.identity().sequence();
    String after = now.identity().sequence();
    if (!now.identity().number().equals(asked.identity().number())
        || (!before.isEmpty() && !after.isEmpty() && !before.equals(after))) {
      throw changed(asked, "it was pulled out, or its medium was changed");
    }
    if (!now.product().equals(asked.product())) {
      throw changed(asked, "it is " + now.shown() + " now");
    }
  }
}
