package zeroboot.signing;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The certificates that somebody trusts: a signer's own, or those of who issued it.
 *
 * @param anchors at least one, unless nobody is trusted
 */
public record Trust(List<X509Certificate> anchors) {
  /** Nobody. */
  public static final Trust NOBODY = new Trust(List.of());

  /** Index in {@link X509Certificate#getKeyUsage()}. */
  private static final int CERTIFICATE_SIGNING = 5;

  /** Copies its list. */
  public Trust {
    anchors = List.copyOf(anchors);
  }

  /**
   * The certificates in these files, PEM or DER.
   *
   * @throws zeroboot.spec.ZbootException if one cannot be read
   */
  public static Trust of(List<Path> files) {
    return new Trust(files.stream().flatMap(file -> KeyFile.certificates(file).stream()).toList());
  }

  /**
   * Whether the signer is one of the trusted, or leads to one of them (RFC 5280, section 6). Nobody
   * is asked about revocation.
   *
   * @param others certificates between the two
   * @param at for validity; firmware does not look at the time, so for its signatures give a time
   *     in the signer's own validity
   */
  public boolean reaches(X509Certificate signer, List<X509Certificate> others, Instant at) {
    if (anchors.contains(signer)) {
      return !signer.hasUnsupportedCriticalExtension();
    }
    Set<TrustAnchor> trusted =
        anchors.stream()
            .filter(anchor -> mayIssue(anchor, at))
            .map(anchor -> new TrustAnchor(anchor, null))
            .collect(Collectors.toSet());
    if (trusted.isEmpty()) {
      return false;
    }
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection",
              new CollectionCertStoreParameters(
                  Stream.concat(others.stream(), Stream.of(signer)).toList())));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * What a path validation takes for granted of its anchor (RFC 5280, section 6.1.1 (d)), and
   * others, as openssl does, ask of it as of every issuer: that it is an authority (sections
   * 4.2.1.9 and 4.2.1.3), and valid.
   */
  private static boolean mayIssue(X509Certificate anchor, Instant at) {
    boolean[] usage = anchor.getKeyUsage();
    return anchor.getBasicConstraints() >= 0
        && (usage == null || usage[CERTIFICATE_SIGNING])
        && !anchor.hasUnsupportedCriticalExtension()
        && !at.isBefore(anchor.getNotBefore().toInstant())
        && !at.isAfter(anchor.getNotAfter().toInstant());
  }
}
