package zeroboot.signing.keys;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import zeroboot.ground.Sha256;

/** What names a certificate: SHA-256 over its DER form. */
public final class Fingerprint {
  private Fingerprint() {}

  /** As everybody shows it. */
  static String hex(X509Certificate certificate) {
    return Sha256.hex(der(certificate));
  }

  public static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has its bytes", e);
    }
  }
}
