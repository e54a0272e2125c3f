package zeroboot.server.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file in memory that nodes fetch.
 *
 * @param bytes not to be changed
 * @param sha256 of them, in hexadecimal
 */
public record BootFile(byte[] bytes, String sha256) {
  /** The file of these bytes. */
  public static BootFile of(byte[] bytes) {
    try {
      return new BootFile(
          bytes, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
