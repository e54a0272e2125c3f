package zeroboot.image.pe;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;

/**
 * Who signed a PE image, by what its certificate table says. Nothing is verified: that is what
 * {@code zboot verify} and a firmware do.
 */
public final class PeSigners {
  private static final int MOST = 16;

  private static final List<String> DAMAGED = List.of("a certificate table that is damaged");

  private PeSigners() {}

  /** The subjects of the certificates that are no other one's issuer; empty if unsigned. */
  public static List<String> of(byte[] file) {
    try {
      PeImage image = PeImage.read("UEFI file", file);
      SpecReader table =
          SpecReader.of("certificate table", file)
              .part(
                  "certificate table", image.certificates().address(), image.certificates().size());
      return in(table.bytes(0, table.size()));
    } catch (ZbootException e) {
      return DAMAGED;
    }
  }

  /** The same, of the certificate table alone. */
  public static List<String> in(byte[] certificateTable) {
    SpecReader table = SpecReader.of("certificate table", certificateTable);
    try {
      List<String> signers = new ArrayList<>();
      int end = table.size() - WinCertificate.HEADER;
      for (int at = 0; at <= end && signers.size() < MOST; ) {
        WinCertificate one = WinCertificate.read(table, at);
        if (one.isSignature()) {
          signers.addAll(subjects(one.content()));
        }
        at += one.size();
      }
      return List.copyOf(signers);
    } catch (ZbootException e) {
      return DAMAGED;
    }
  }

  private static List<String> subjects(byte[] signedData) {
    List<X509Certificate> all = new ArrayList<>();
    try {
      CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(signedData))
          .forEach(certificate -> all.add((X509Certificate) certificate));
    } catch (CertificateException | ClassCastException e) {
      return List.of("a signature that is damaged");
    }
    return all.stream()
        .filter(
            one ->
                all.stream()
                    .noneMatch(
                        other ->
                            !other.equals(one)
                                && other
                                    .getIssuerX500Principal()
                                    .equals(one.getSubjectX500Principal())))
        .map(one -> one.getSubjectX500Principal().getName())
        .toList();
  }
}
