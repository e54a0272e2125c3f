package zeroboot.signing.keys;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.ZbootException;

/** A certificate that iPXE shall trust when it fetches over HTTPS. */
public final class TlsRoot {
  private TlsRoot() {}

  /**
   * The root in a file, PEM or DER.
   *
   * @param core the iPXE that has to accept it
   * @throws ZbootException (settings) if it is not one certificate, or iPXE would not accept it
   */
  public static TrustRoot read(Path file, Instant now, IpxeCore core) {
    List<X509Certificate> found = KeyFile.certificates(file);
    if (found.size() != 1) {
      throw ZbootException.settings(
          file.toString(),
          "holds " + found.size() + " certificates, and iPXE trusts one",
          "give a file with the root alone");
    }
    X509Certificate root = found.get(0);
    if (root.getBasicConstraints() < 0) {
      throw ZbootException.settings(
          file.toString(),
          "is not the certificate of an authority, which signs those of servers",
          "give the root certificate, not the server's own");
    }
    if (now.isAfter(root.getNotAfter().toInstant())) {
      throw ZbootException.settings(
          file.toString(),
          "the certificate expired on " + CertificateText.day(root.getNotAfter()),
          "give the root that is valid now");
    }
    TlsRootCheck.check(file, root, core);
    return new TrustRoot(Fingerprint.hex(root));
  }

  /** Why iPXE would not take this certificate apart, a server's or an authority's; if at all. */
  public static Optional<String> objection(X509Certificate certificate, IpxeCore core) {
    return TlsRootCheck.unreadable(certificate, core);
  }

  /** Whether {@code core} knows an algorithm, by its dotted object identifier. */
  public static boolean knows(IpxeCore core, String oid) {
    return TlsRootCheck.knows(core, oid);
  }
}
