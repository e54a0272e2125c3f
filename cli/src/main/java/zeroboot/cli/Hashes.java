package zeroboot.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Checksums as people compare them. */
final class Hashes {
  /** The file that lists those of a folder. */
  static final String CHECKSUM_FILE = "SHA256SUMS";

  private Hashes() {}

  /** SHA-256, lower-case hexadecimal. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * The text of {@code SHA256SUMS}: two spaces between sum and name, the mode that every sha256sum
   * reads.
   *
   * @param sums of files by name
   */
  static byte[] checksumFile(Map<String, String> sums) {
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
