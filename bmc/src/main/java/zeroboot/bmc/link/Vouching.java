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
 * chain and name, or it is the very certificate that was pinned; both, where the owner has said
 * both. There is no other way.
 */
final class Vouching extends X509ExtendedTrustManager {
  private final Optional<String> pin;
  private final Optional<X509ExtendedTrustManager> authority;
  private final boolean wantsBoth;
  private volatile @Nullable String shown;

  /**
   * For one controller.
   *
   * @param pin SHA-256 of its certificate, in hexadecimal
   * @param authority of the owner's; checks the name, too
   * @param wantsBoth whether pin and authority have to agree; else one of them is enough
   */
  Vouching(Optional<String> pin, Optional<X509ExtendedTrustManager> authority, boolean wantsBoth) {
    this.pin = pin;
    this.authority = authority;
    this.wantsBoth = wantsBoth;
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
    boolean isPinned = pin.filter(seen::equals).isPresent();
    boolean mayVouch = wantsBoth ? isPinned : !isPinned;
    if (mayVouch && authority.isPresent()) {
      check.by(authority.get());
    } else if (!isPinned) {
      throw new CertificateException("not known: " + seen);
    }
  }

  /** Why it was refused, and what helps. */
  BmcException refused() {
    String seen = "SHA-256 " + shown().orElse("of none");
    boolean isPinned = pin.isPresent() && pin.equals(shown());
    if (isPinned || pin.isEmpty()) {
      return BmcException.of(
          BmcException.Kind.CERTIFICATE,
          (authority.isPresent() ? "the authority does not vouch" : "nobody vouches")
              + " for its certificate ("
              + seen
              + ")",
          (isPinned ? "that it is the one of fingerprint: is not enough: " : "")
              + "does --bmc-ca name the authority that issued it, for this very name or address?");
    }
    return BmcException.of(
        BmcException.Kind.CERTIFICATE,
        "its certificate is another than was pinned (it shows " + seen + ")",
        "if you changed it, mend fingerprint: in the profile or take its line out of the file"
            + " bmc-certificates; if not, somebody may sit in between");
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
