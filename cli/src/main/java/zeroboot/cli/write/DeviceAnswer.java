package zeroboot.cli.write;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import zeroboot.usb.Device;

/** Answers to the question which device is meant. */
final class DeviceAnswer {
  /** Fewer characters of a serial name nothing. */
  static final int LEAST = 4;

  private DeviceAnswer() {}

  /** Whether a person who typed this means this device and no other. */
  static boolean names(String answer, Device device, Supplier<List<Device>> all) {
    String words = plain(answer);
    if (words.isEmpty()) {
      return false;
    }
    return device.isNamedBy(answer)
        || words.equals(plain(device.challenge()))
        || (endsSerial(words, device) && !isSharedEnd(words, device, all));
  }

  /** Whether it would mean this device if no other disk's serial ended in the same way. */
  static boolean isTooShort(String answer, Device device, Supplier<List<Device>> all) {
    String words = plain(answer);
    return endsSerial(words, device) && isSharedEnd(words, device, all);
  }

  private static boolean isSharedEnd(String words, Device device, Supplier<List<Device>> all) {
    return all.get().stream()
        .anyMatch(other -> !other.path().equals(device.path()) && endsSerial(words, other));
  }

  private static boolean endsSerial(String words, Device device) {
    return words.length() >= LEAST && plain(device.product().serial()).endsWith(words);
  }

  private static String plain(String text) {
    return text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }
}
