package zeroboot.signing.cms;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.signing.der.BerValue;
import zeroboot.signing.der.Der;
import zeroboot.signing.keys.SigningKey;
import zeroboot.signing.keys.Trust;

/**
 * A signature in a file beside the file that it signs: CMS SignedData, DER, SHA-256, detached.
 * Without signing time it has no signed attributes, as iPXE's {@code imgverify} knows none; its
 * bytes then depend on key and file alone.
 *
 * @param signer who signed
 * @param others certificates that came along
 */
public record DetachedSignature(X509Certificate signer, List<X509Certificate> others) {
  /** What is added to the name of the signed file. */
  public static final String EXTENSION = ".sig";

  /** The attribute of RFC 5652, section 11.3. */
  private static final String SIGNING_TIME = "1.2.840.113549.1.9.5";

  /**
   * Signs {@code data}.
   *
   * @param signingTime to be stated and signed as well; openssl understands it, iPXE does not
   */
  public static byte[] make(byte[] data, SigningKey key, Optional<Instant> signingTime) {
    Optional<byte[]> attributes =
        signingTime.map(
            time ->
                Pkcs7.attributes(
                    Optional.empty(), data, Pkcs7.attribute(SIGNING_TIME, Der.time(time))));
    return Pkcs7.wrapped(Pkcs7.cms(data, attributes, key));
  }

  /**
   * Checks a signature. Says nothing about who the signer is: that is for {@link Trust}.
   *
   * @param where names the signature's file in errors
   * @param signature CMS SignedData as DER
   * @param data what it is said to sign
   * @throws ZbootException (signature) if it does not verify
   */
  public static DetachedSignature verify(String where, byte[] signature, byte[] data) {
    int end = BerValue.endOfFirst(signature);
    if (end > 0 && end != signature.length) {
      throw ZbootException.signature(
          where, (signature.length - end) + " bytes follow the signature", "download it again");
    }
    SignedMessage message =
        SignedMessage.readWhole(signature, data)
            .orElseThrow(
                () ->
                    ZbootException.signature(
                        where,
                        "is not a detached signature with its certificate, a truncated one, or has"
                            + " more behind it",
                        "download it again; it has to be CMS in DER, as zboot and openssl write"
                            + " it"));
    if (message.message().getSignedContent() == null || !message.message().isDetachedSignature()) {
      throw ZbootException.signature(
          where, "carries a content of its own", "give a detached signature");
    }
    message
        .problem()
        .ifPresent(
            problem -> {
              throw ZbootException.signature(
                  where,
                  problem + ": it is of another file, or one of the two was changed",
                  "download both again, and do not use the file");
            });
    return new DetachedSignature(message.certificate(), message.others());
  }
}
