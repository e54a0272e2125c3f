package zeroboot.signing.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Certificates in words. */
final class CertificateText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private CertificateText() {}

  /** {@code 2036-01-31}, in UTC. */
  static String day(Date date) {
    return day(date.toInstant());
  }

  /** {@code 2036-01-31}, in UTC. */
  static String day(Instant instant) {
    return DAY.format(instant);
  }

  /** The subject as RFC 2253 writes it, {@code CN=Example farm db,O=Example farm}. */
  static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
  }

  /** The issuer, likewise. */
  static String issuer(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().getName(X500Principal.RFC2253);
  }
}
