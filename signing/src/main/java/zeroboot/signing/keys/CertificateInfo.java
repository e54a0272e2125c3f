package zeroboot.signing.keys;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate in words.
 *
 * @param subject whose it is, {@code CN=Example farm db,O=Example farm}
 * @param issuer who says so; empty if itself
 * @param sha256 its fingerprint, lower-case hexadecimal
 * @param key {@code RSA 2048}
 * @param uses what it may be used for; empty if it does not say
 * @param from first moment of its validity
 * @param to last moment
 */
public record CertificateInfo(
    String subject,
    Optional<String> issuer,
    String sha256,
    String key,
    List<String> uses,
    Instant from,
    Instant to) {
  /** What {@code certificate} says. */
  public static CertificateInfo of(X509Certificate certificate) {
    String subject = CertificateText.subject(certificate);
    String issuer = CertificateText.issuer(certificate);
    return new CertificateInfo(
        subject,
        Optional.of(issuer).filter(name -> !name.equals(subject)),
        Fingerprint.hex(certificate),
        key(certificate),
        CertificateUse.shown(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  private static String key(X509Certificate certificate) {
    String algorithm = certificate.getPublicKey().getAlgorithm();
    return certificate.getPublicKey() instanceof RSAPublicKey rsa
        ? algorithm + " " + rsa.getModulus().bitLength()
        : algorithm;
  }

  /** {@code valid until 2036-01-31}, {@code expired on …} or {@code not valid before …}. */
  public String validity(Instant now) {
    if (now.isAfter(to)) {
      return "expired on " + CertificateText.day(to);
    }
    return now.isBefore(from)
        ? "not valid before " + CertificateText.day(from)
        : "valid until " + CertificateText.day(to);
  }
}
