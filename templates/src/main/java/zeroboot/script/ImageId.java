package zeroboot.script;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import zeroboot.ground.Sha256;

/**
 * Names what a medium runs. Two media with the same script on the same core have the same image ID,
 * whatever their form; it stands on the boot screen and in the receipt. All serial numbers on the
 * medium derive from it, so that equal inputs give equal bytes.
 *
 * @param digest SHA-256 over what is run, 64 lower-case hexadecimal digits
 */
public record ImageId(String digest) {
  /** Crockford's base 32: without I, L, O, which look like 1 and 0, and without U. */
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int SHOWN_BITS = 80;

  /** Refuses anything but 64 hexadecimal digits. */
  public ImageId {
    if (!Sha256.isHex(digest)) {
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

  /**
   * What people see, compare and read aloud: the first 80 bits in four groups, {@code
   * 7ZD0-X3MQ-8W2K-NA5T}. So many that nobody makes another script with the ID of one that is there
   * (2^80 attempts); where somebody makes both himself, 2^40 do.
   */
  public String shown() {
    BigInteger bits = new BigInteger(digest.substring(0, SHOWN_BITS / 4), 16);
    StringBuilder text = new StringBuilder();
    for (int shift = SHOWN_BITS - 5; shift >= 0; shift -= 5) {
      text.append(DIGITS.charAt(bits.shiftRight(shift).intValue() & 31));
      if (shift > 0 && shift % 20 == 0) {
        text.append('-');
      }
    }
    return text.toString();
  }

  /**
   * A 32-bit serial number for one purpose ({@code "FAT volume"}, {@code "MBR disk"}), never zero.
   */
  public long serial(String purpose) {
    long serial = Long.parseLong(of(digest, purpose).digest().substring(0, 8), 16);
    return serial == 0 ? 1 : serial;
  }
}
