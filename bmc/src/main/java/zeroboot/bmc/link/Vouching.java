package zeroboot.bmc.link;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.Sha256;

/**
 * Decides whether a certificate is that of the controller: an authority of the owner's vouches for
 * chain and name, or it is the very certificate that was pinned. There is no third way.
 */
final class Vouching extends X509ExtendedTrustManager {
  private final Optional<String> pin;
  private final Optional<X509ExtendedTrustManager> authority;
  private volatile @Nullable String shown;

  /**
   * For one controller.
   *
   * @param pin SHA-256 of its certificate, in hexadecimal
   * @param authority of the owner's; checks the name, too
   */
  Vouching(Optional<String> pin, Optional<X509ExtendedTrustManager> authority) {
    this.pin = pin;
    this.authority = authority;
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has TLS
    }
  }

  /** What the controller showed last. */
  Optional<String> shown() {
    return Optional.ofNullable(shown);
  }

  static String fingerprint(X509Certificate certificate) throws CertificateException {
    return Sha256.hex(certificate.getEncoded());
  }

  private void check(X509Certificate[] chain, AuthorityCheck check) throws CertificateException {
    String seen = fingerprint(chain[0]);
    shown = seen;
    if (pin.isPresent() && pin.get().equals(seen)) {
      return;
    }
    if (authority.isPresent()) {
      check.by(authority.get());
      return;
    }
    throw new CertificateException("not known: " + seen);
  }

  private interface AuthorityCheck {
    void by(X509ExtendedTrustManager authority) throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    // With the engine it compares the name as well: the client asks for it (RFC 2818).
    check(chain, trust -> trust.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, trust -> trust.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("without a name nothing can be checked");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("there are no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("there are no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("there are no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
