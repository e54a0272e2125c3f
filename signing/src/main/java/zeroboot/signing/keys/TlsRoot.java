package zeroboot.signing.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import zeroboot.core.IpxeCore;
import zeroboot.core.TrustRoot;
import zeroboot.ground.ZbootException;

/**
 * A certificate that iPXE shall trust when it fetches over HTTPS.
 *
 * @param certificate of an authority
 */
public record TlsRoot(X509Certificate certificate) {
  /**
   * The root in a file, PEM or DER.
   *
   * @param core the iPXE that has to accept it
   * @throws ZbootException (settings) if it is not one certificate, or iPXE would not accept it
   */
  public static TlsRoot read(Path file, Instant now, IpxeCore core) {
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
    return new TlsRoot(root);
  }

  /** What a core has to hold to trust it. */
  public TrustRoot trust() {
    return new TrustRoot(Fingerprint.hex(certificate));
  }

  /** How Java fetches what a node with this root may fetch: it trusts no other. */
  public SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("root", certificate);
      TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
      trusted.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java runtime can do that
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
