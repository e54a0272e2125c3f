package zeroboot.signing.keys;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a certificate says its key is for (RFC 5280, sections 4.2.1.3 and 4.2.1.12). */
public final class CertificateUse {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private static final String ANY_USAGE = "2.5.29.37.0";

  /** Index in {@link X509Certificate#getKeyUsage()}. */
  private static final int DIGITAL_SIGNATURE = 0;

  /** The first bits of KeyUsage, in their order. */
  private static final List<String> USAGES =
      List.of(
          "digital signature",
          "non-repudiation",
          "key encipherment",
          "data encipherment",
          "key agreement",
          "certificate signing",
          "CRL signing");

  private static final Map<String, String> EXTENDED =
      Map.of(
          CODE_SIGNING,
          "code signing",
          ANY_USAGE,
          "any",
          "1.3.6.1.5.5.7.3.1",
          "TLS server",
          "1.3.6.1.5.5.7.3.2",
          "TLS client",
          "1.3.6.1.5.5.7.3.4",
          "e-mail");

  private CertificateUse() {}

  /**
   * Whether everybody who may meet a signature accepts it from this certificate. iPXE asks for code
   * signing in so many words; firmware does not look.
   */
  static boolean allows(X509Certificate certificate, KeyPurpose purpose) {
    if (purpose == KeyPurpose.SECURE_BOOT) {
      return leavesRoomForCode(certificate);
    }
    if (purpose == KeyPurpose.DATABASES) {
      return signs(certificate);
    }
    List<String> extended = extended(certificate);
    return signs(certificate) && extended != null && extended.contains(CODE_SIGNING);
  }

  /** Whether the certificate leaves room for signing code: it says so, or says nothing. */
  public static boolean leavesRoomForCode(X509Certificate certificate) {
    List<String> extended = extended(certificate);
    return signs(certificate)
        && (extended == null || extended.contains(CODE_SIGNING) || extended.contains(ANY_USAGE));
  }

  private static boolean signs(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return usage == null || usage[DIGITAL_SIGNATURE];
  }

  private static @Nullable List<String> extended(X509Certificate certificate) {
    try {
      return certificate.getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      return List.of(); // unreadable: for nothing
    }
  }

  /** The uses by their usual names, unknown ones by their number. */
  static List<String> shown(X509Certificate certificate) {
    List<String> extended = extended(certificate);
    List<String> shown = new ArrayList<>();
    boolean[] usage = certificate.getKeyUsage();
    for (int i = 0; usage != null && i < USAGES.size(); i++) {
      if (usage[i]) {
        shown.add(USAGES.get(i));
      }
    }
    if (extended != null) {
      extended.forEach(id -> shown.add(EXTENDED.getOrDefault(id, id)));
    }
    return shown;
  }
}
