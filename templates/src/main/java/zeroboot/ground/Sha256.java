package zeroboot.ground;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), the one hash of this program. */
public final class Sha256 {
  /**
   * Bytes, some more than Java interprets before it compiles what hashes, as the launcher has it.
   */
  private static final int REHEARSAL = 3 << 10;

  private Sha256() {}

  /** A hash at its beginning, for what comes in pieces. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * Hashes what nobody needs. Java interprets what it runs for the first time, thirty times slower:
   * who will hash a megabyte in a moment, and has something else to do until then, begins here.
   */
  public static void rehearse() {
    of(new byte[REHEARSAL]);
  }

  /** The 32 bytes. */
  public static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** 64 digits, lower-case hexadecimal, as people compare them. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }

  /** Whether this is one: 64 digits, lower-case hexadecimal. */
  public static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return text.length() == 64;
  }

  /** The same of what was begun; it is at its beginning again. */
  public static String hex(MessageDigest begun) {
    return HexFormat.of().formatHex(begun.digest());
  }
}
