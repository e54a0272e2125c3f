package zeroboot.reach;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The way from a server's certificate to a root, by the certificates that the server sends. */
final class CertificatePath {
  private CertificatePath() {}

  /** Where a way from the first certificate ends; empty if none of these is at its end. */
  static Optional<TrustAnchor> find(
      List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant now) {
    if (anchors.isEmpty()) {
      return Optional.empty();
    }
    try {
      X509CertSelector server = new X509CertSelector();
      server.setCertificate(chain.get(0));
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, server);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(within(chain.get(0), now)));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      PKIXCertPathBuilderResult result =
          (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
      return Optional.of(result.getTrustAnchor());
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // no path
    }
  }

  /** A wrong clock is told by itself: here it is whatever the server's certificate wants. */
  private static Instant within(X509Certificate server, Instant now) {
    Instant from = server.getNotBefore().toInstant();
    Instant to = server.getNotAfter().toInstant();
    return now.isBefore(from) ? from : now.isAfter(to) ? to : now;
  }

  /** The roots that Java trusts, which are those of Mozilla's list but for a few. */
  static Set<TrustAnchor> usualRoots() {
    Set<TrustAnchor> anchors = new HashSet<>();
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init((KeyStore) null);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          Arrays.stream(x509.getAcceptedIssuers())
              .forEach(root -> anchors.add(new TrustAnchor(root, null)));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return anchors;
  }
}
