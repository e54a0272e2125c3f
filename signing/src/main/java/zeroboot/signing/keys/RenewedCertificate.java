package zeroboot.signing.keys;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.Warning;
import zeroboot.ground.ZbootException;

/**
 * What a web server shows of itself, from two PEM files that somebody renews: RSA or ECDSA, the
 * certificate first and then those that lead to its root.
 */
public final class RenewedCertificate {
  private static final String ALIAS = "server";

  private final Path certificate;
  private final Path key;
  private final SSLContext context;
  private volatile Shown shown;
  private String seen;

  private record Shown(PrivateKey key, X509Certificate[] chain) {}

  private RenewedCertificate(Path certificate, Path key, Instant now) {
    this.certificate = certificate;
    this.key = key;
    seen = state();
    shown = read(now);
    try {
      context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new Keys()}, null, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java runtime has TLS
    }
  }

  /**
   * Reads both files.
   *
   * @throws ZbootException (settings) if they do not belong together, others may read the key, or
   *     the certificate ran out; (I/O) if they cannot be read
   */
  public static RenewedCertificate open(Path certificate, Path key, Instant now) {
    return new RenewedCertificate(certificate, key, now);
  }

  /** For the server; shows what was read last. */
  public SSLContext context() {
    return context;
  }

  /**
   * Looks whether the files changed, and takes them over if they are whole.
   *
   * @return what is to be told; empty if nothing changed
   */
  public Optional<String> look(Instant now) {
    String state = state();
    if (state.equals(seen)) {
      return Optional.empty();
    }
    seen = state;
    try {
      shown = read(now);
      return Optional.of(
          certificate
              + ": taken over, valid until "
              + CertificateText.day(shown.chain()[0].getNotAfter()));
    } catch (ZbootException e) {
      // One of the two may be written already and the other not: a change to come is seen, too.
      return Optional.of(Warning.of("The certificate stays as it was. " + e.getMessage()));
    }
  }

  /** When both were changed, and how long they are: what they are links to as well. */
  private String state() {
    StringBuilder state = new StringBuilder();
    for (Path file : List.of(certificate, key)) {
      try {
        state
            .append(Files.getLastModifiedTime(file))
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(file.toRealPath())
            .append('\n');
      } catch (IOException e) {
        state.append("gone\n");
      }
    }
    return state.toString();
  }

  private Shown read(Instant now) {
    List<X509Certificate> chain = KeyFile.certificates(certificate);
    byte[] bytes = KeyFile.readPrivate(key);
    PrivateKey read =
        PemKey.privateKey(
            key.toString(),
            bytes,
            where -> {
              throw ZbootException.settings(
                  where, "has a password, which nobody could type", "give a key without one");
            });
    X509Certificate own = chain.get(0);
    if (now.isAfter(own.getNotAfter().toInstant())) {
      throw ZbootException.settings(
          certificate.toString(),
          "ran out on " + CertificateText.day(own.getNotAfter()),
          "renew it");
    }
    if (!belong(read, own.getPublicKey())) {
      throw ZbootException.settings(
          key.toString(),
          "is not the key of the first certificate in " + certificate,
          "give the two that were made together");
    }
    return new Shown(read, chain.toArray(X509Certificate[]::new));
  }

  private static boolean belong(PrivateKey key, PublicKey certified) {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    byte[] probe = new byte[32];
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(probe);
      byte[] signature = signer.sign();
      signer.initVerify(certified);
      signer.update(probe);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // of another kind
    }
  }

  /** Asked anew at each handshake. */
  private final class Keys extends X509ExtendedKeyManager {
    private boolean isOf(String type) {
      return shown.key().getAlgorithm().equals(type)
          || (type.equals("EC") && shown.key().getAlgorithm().equals("ECDSA"));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return isOf(type) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return isOf(type) ? ALIAS : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return isOf(type) ? new String[] {ALIAS} : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return shown.chain().clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return shown.key();
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }
  }
}
