package zeroboot.signing.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import zeroboot.core.TrustRoot;
import zeroboot.ground.Staged;
import zeroboot.ground.ZbootException;

/**
 * A certificate authority of one boot server's own: its UEFI files trust this root alone, and it
 * vouches for this server alone. RSA, which every iPXE knows. The root's key lies in a file that is
 * its owner's alone; that of the server is made anew at each start and never written.
 */
public final class ServerRoot {
  private static final int BITS = 2048;
  private static final int SERIAL_BITS = 127;
  private static final int YEARS = 20;

  /** A node's clock may be behind. */
  private static final int YEARS_BEFORE = 2;

  private static final String NAME = "CN=Root of a zboot serve";
  private static final char[] IN_MEMORY = "in memory".toCharArray();

  private final SigningKey root;
  private final Instant now;

  private ServerRoot(SigningKey root, Instant now) {
    this.root = root;
    this.now = now;
  }

  /**
   * The root in a file, or a new one that is put there.
   *
   * @throws ZbootException (settings) if others may read it, or it has run out or is none; (I/O) if
   *     it cannot be read or written
   */
  public static ServerRoot keep(Path file, Instant now) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      make(file, now);
    }
    SigningKey root =
        PemKey.open(
            file.toString(),
            KeyFile.readPrivate(file),
            Optional.empty(),
            where -> {
              throw ZbootException.settings(
                  where, "has a password, and is no root that zboot made", "move it away");
            });
    X509Certificate certificate = root.certificate();
    if (certificate.getBasicConstraints() < 0
        || now.isAfter(certificate.getNotAfter().toInstant())) {
      throw ZbootException.settings(
          file.toString(),
          "is not the root of a server, or ran out on "
              + CertificateText.day(certificate.getNotAfter()),
          "move it away: a new one is made, and nodes trust it as soon as they boot from here");
    }
    return new ServerRoot(root, now);
  }

  private static void make(Path file, Instant now) {
    KeyPair pair = pair();
    try (Staged staged = Staged.file(file, Staged.Access.PRIVATE)) {
      ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
      X509Certificate root = certificate(NAME, pair.getPublic(), now, List.of(), signer);
      staged.write(
          (pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                  + pem("CERTIFICATE", Fingerprint.der(root)))
              .getBytes(StandardCharsets.US_ASCII));
      staged.place();
    } catch (FileAlreadyExistsException e) {
      // another server was quicker, and its root is as good
    } catch (IOException e) {
      throw ZbootException.io(
          file.toString(),
          "the server's root could not be written (" + e.getMessage() + ")",
          "make room, or name another folder");
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e); // every Java runtime signs with SHA-256 and RSA
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime makes RSA keys", e);
    }
  }

  /**
   * A certificate under the root, or the root's own.
   *
   * @param addresses of the server; none for the root
   */
  private static X509Certificate certificate(
      String subject, PublicKey key, Instant now, List<String> addresses, ContentSigner signer) {
    var day = now.atZone(ZoneOffset.UTC);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            new X500Name(NAME),
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
            Date.from(day.minusYears(YEARS_BEFORE).toInstant()),
            Date.from(day.plusYears(YEARS).toInstant()),
            new X500Name(subject),
            SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    boolean isRoot = addresses.isEmpty();
    int usage = isRoot ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isRoot));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(isRoot ? usage : usage | KeyUsage.keyEncipherment));
      if (!isRoot) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                addresses.stream()
                    .map(address -> new GeneralName(GeneralName.iPAddress, address))
                    .toArray(GeneralName[]::new)));
      }
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // it was made a moment ago
    }
  }

  /** What a UEFI file has to hold to trust this root. */
  public TrustRoot trust() {
    return new TrustRoot(Fingerprint.hex(root.certificate()));
  }

  /** The root's certificate. */
  public X509Certificate certificate() {
    return root.certificate();
  }

  /**
   * What a server at these addresses shows. The root goes with it: iPXE knows no more of it than
   * its fingerprint.
   */
  public SSLContext server(List<String> addresses) {
    KeyPair pair = pair();
    X509Certificate own =
        certificate("CN=" + addresses.get(0), pair.getPublic(), now, addresses, signer());
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      X509Certificate[] chain = {own, root.certificate()};
      store.setKeyEntry("server", pair.getPrivate(), IN_MEMORY, chain);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, IN_MEMORY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java runtime can do that
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ContentSigner signer() {
    return new ContentSigner() {
      private final ByteArrayOutputStream signed = new ByteArrayOutputStream();

      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withRSA");
      }

      @Override
      public OutputStream getOutputStream() {
        return signed;
      }

      @Override
      public byte[] getSignature() {
        return root.sign(signed.toByteArray());
      }
    };
  }

  /** RFC 7468: lines of 64 characters. */
  private static String pem(String what, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN "
        + what
        + "-----\n"
        + lines.encodeToString(der)
        + "\n-----END "
        + what
        + "-----\n";
  }
}
