package zeroboot.script;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import zeroboot.ground.Sha256;

/**
 * Names what a medium runs. Two media with the same script on the same core have the same image ID,
 * whatever their form; it stands on the boot screen and in the receipt. All serial numbers on the
 * medium derive from it, so that equal inputs give equal bytes.
 *
 * @param digest SHA-256 over what is run, 64 lower-case hexadecimal digits
 */
public record ImageId(String digest) {
  /** Refuses anything but 64 hexadecimal digits. */
  public ImageId {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + digest);
    }
  }

  /** The ID of these parts, in this order. */
  public static ImageId of(String... parts) {
    MessageDigest sha256 = Sha256.begin();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      sha256.update(bytes);
    }
    return new ImageId(Sha256.hex(sha256));
  }

  /** What people see and compare: 8 digits in two groups, {@code 3F9A-07C1}. */
  public String shown() {
    String upper = digest.toUpperCase(Locale.ROOT);
    return upper.substring(0, 4) + "-" + upper.substring(4, 8);
  }

  /**
   * A 32-bit serial number for one purpose ({@code "FAT volume"}, {@code "MBR disk"}), never zero.
   */
  public long serial(String purpose) {
    long serial = Long.parseLong(of(digest, purpose).digest().substring(0, 8), 16);
    return serial == 0 ? 1 : serial;
  }
}
