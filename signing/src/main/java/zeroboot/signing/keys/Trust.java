package zeroboot.signing.keys;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import zeroboot.signing.der.Der;

/**
 * The certificates that somebody trusts: a signer's own, or those of who issued it.
 *
 * @param anchors at least one, unless nobody is trusted
 */
public record Trust(List<X509Certificate> anchors) {
  /** Nobody. */
  public static final Trust NOBODY = new Trust(List.of());

  /**
   * keyCertSign among the bits of RFC 5280 section 4.2.1.3, {@link X509Certificate#getKeyUsage()}.
   */
  static final int KEY_CERT_SIGN = 5;

  /** Intermediate certificates, where the anchor sets no limit. */
  private static final int LONGEST_PATH = 8;

  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  /** Copies its list. */
  public Trust {
    anchors = List.copyOf(anchors);
  }

  /**
   * The certificates in these files, PEM or DER.
   *
   * @throws zeroboot.ground.ZbootException if one cannot be read
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
    return anchors.stream()
        .filter(anchor -> mayIssue(anchor, at))
        .anyMatch(anchor -> leads(anchor, signer, others, at));
  }

  /**
   * Whether a certificate may stand above others, as openssl asks of those it is told to trust: it
   * is an authority's (RFC 5280, section 4.2.1.9), its key may sign certificates (section 4.2.1.3),
   * and it is valid. The algorithm of section 6 takes that for granted. Roots of version 1 have no
   * extensions to say it in.
   */
  private static boolean mayIssue(X509Certificate anchor, Instant at) {
    boolean authority = anchor.getBasicConstraints() >= 0 || anchor.getVersion() < 3;
    boolean[] usage = anchor.getKeyUsage();
    return authority
        && (usage == null || usage[KEY_CERT_SIGN])
        && !anchor.hasUnsupportedCriticalExtension()
        && !at.isBefore(anchor.getNotBefore().toInstant())
        && !at.isAfter(anchor.getNotAfter().toInstant());
  }

  private static boolean leads(
      X509Certificate anchor, X509Certificate signer, List<X509Certificate> others, Instant at) {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    try {
      PKIXBuilderParameters parameters =
          new PKIXBuilderParameters(Set.of(new TrustAnchor(anchor, constraints(anchor))), target);
      if (anchor.getBasicConstraints() >= 0) {
        parameters.setMaxPathLength(
            Math.min(anchor.getBasicConstraints(), LONGEST_PATH)); // its pathLenConstraint
      }
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection",
              new CollectionCertStoreParameters(
                  Stream.concat(others.stream(), Stream.of(signer)).toList())));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** NameConstraints of the anchor (section 4.2.1.10) without the OCTET STRING around them. */
  private static byte @Nullable [] constraints(X509Certificate anchor) {
    byte[] extension = anchor.getExtensionValue(NAME_CONSTRAINTS);
    return extension == null ? null : Der.content(extension);
  }
}
