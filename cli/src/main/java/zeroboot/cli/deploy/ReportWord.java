package zeroboot.cli.deploy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A word that nobody guesses: it stands in a node's image, and comes back in each of its reports.
 */
final class ReportWord {
  private static final int BYTES = 16;
  private static final String FORM = "[0-9a-f]{" + 2 * BYTES + "}";

  private ReportWord() {}

  /** A new one, of 128 random bits. */
  static String make() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether two texts are the same, in a time that does not tell how far they are. */
  static boolean isSame(String given, String right) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a text can be one. */
  static boolean isOne(String text) {
    return text.matches(FORM);
  }
}
