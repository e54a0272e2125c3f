package zeroboot.medium;

/**
 * A signature that was found.
 *
 * @param kind detached or inside
 * @param where its file, or the file that it is in
 * @param signer the subject of the signer's certificate; empty if it cannot be read
 * @param sha256 fingerprint of that certificate, lower-case hexadecimal
 * @param isIntact whether it is of these bytes
 * @param isTrusted whether it leads to somebody that is trusted
 */
public record FoundSignature(
    Kind kind, String where, String signer, String sha256, boolean isIntact, boolean isTrusted) {
  /** The two kinds of signature. */
  public enum Kind {
    /** In a file of its own: of every byte. */
    DETACHED,
    /** In a UEFI file: of that file. */
    SECURE_BOOT
  }
}
