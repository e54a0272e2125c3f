package zeroboot.medium;

import java.util.Optional;

/**
 * What lies beside a file.
 *
 * @param isAsked whether a signature was looked for at all
 * @param where names the file of the signature
 * @param signature CMS SignedData, detached, as DER
 * @param file all of the file that is said to be signed; empty for a device, of which the image is
 */
public record Beside(
    boolean isAsked, String where, Optional<byte[]> signature, Optional<byte[]> file) {
  /** Nobody looked. */
  static final Beside NOT_ASKED = new Beside(false, "", Optional.empty(), Optional.empty());

  /** Nothing, beside this file. */
  public static Beside nothing(Optional<byte[]> file) {
    return new Beside(true, "", Optional.empty(), file);
  }

  /** A signature, beside this file. */
  public static Beside signature(String where, byte[] signature, Optional<byte[]> file) {
    return new Beside(true, where, Optional.of(signature), file);
  }
}
