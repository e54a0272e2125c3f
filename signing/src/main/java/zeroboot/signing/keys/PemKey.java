package zeroboot.signing.keys;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import zeroboot.ground.ZbootException;

/**
 * Private keys as PEM: PKCS #8 (RFC 5958) plain and encrypted, and OpenSSL's own older form of
 * both. The certificate stands in the same file or in another.
 */
public final class PemKey {
  private PemKey() {}

  static SigningKey open(
      String where, byte[] bytes, Optional<Path> certificate, PasswordSource passwords) {
    PrivateKey key = privateKey(where, bytes, passwords);
    List<X509Certificate> chain =
        certificate.map(KeyFile::certificates).orElseGet(() -> ownCertificates(where, bytes));
    return SigningKey.of(where, "", key, null, ownFirst(key, chain));
  }

  /** The certificate of the key, wherever it lies in its file, then the others. */
  private static List<X509Certificate> ownFirst(PrivateKey key, List<X509Certificate> chain) {
    List<X509Certificate> sorted = new ArrayList<>(chain);
    sorted.sort(
        (one, other) -> Boolean.compare(SigningKey.isOf(key, other), SigningKey.isOf(key, one)));
    return sorted;
  }

  private static List<X509Certificate> ownCertificates(String where, byte[] bytes) {
    List<X509Certificate> found = certificates(bytes);
    if (found.isEmpty()) {
      throw ZbootException.usage(
          where, "holds a key but no certificate", "name the certificate's file as well");
    }
    return found;
  }

  /** The certificates in a PEM file, whatever else is in it. */
  public static List<X509Certificate> certificates(byte[] bytes) {
    return KeyFile.certificates(certificatesOnly(bytes));
  }

  /** Java's reader of certificates stumbles over keys between them. */
  private static byte[] certificatesOnly(byte[] bytes) {
    String begin = "-----BEGIN CERTIFICATE-----";
    String end = "-----END CERTIFICATE-----";
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    StringBuilder kept = new StringBuilder();
    for (int from = text.indexOf(begin); from >= 0; ) {
      int at = text.indexOf(end, from);
      int to = at < 0 ? text.length() : at + end.length();
      kept.append(text, from, to).append('\n');
      from = text.indexOf(begin, to);
    }
    return kept.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  static PrivateKey privateKey(String where, byte[] bytes, PasswordSource passwords) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        Optional<PrivateKeyInfo> info = keyInfo(where, found, passwords);
        if (info.isPresent()) {
          return new JcaPEMKeyConverter().getPrivateKey(info.get());
        }
      }
    } catch (IOException e) {
      throw ZbootException.settings(
          where, "is a damaged PEM file", "give the file that holds the key");
    }
    throw ZbootException.settings(
        where, "holds no private key", "give the file that holds the key");
  }

  private static Optional<PrivateKeyInfo> keyInfo(
      String where, Object found, PasswordSource passwords) throws IOException {
    if (found instanceof PrivateKeyInfo plain) {
      return Optional.of(plain);
    }
    if (found instanceof PEMKeyPair pair) {
      return Optional.of(pair.getPrivateKeyInfo());
    }
    if (found instanceof PKCS8EncryptedPrivateKeyInfo || found instanceof PEMEncryptedKeyPair) {
      if (found instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
        KeyStretching.require(where, encrypted.getEncoded());
      }
      char[] password = passwords.password(where);
      try {
        return Optional.of(decrypted(where, found, password));
      } catch (PKCSException | OperatorCreationException | PEMException e) {
        throw PasswordDecryptor.undecrypted(where, e);
      } finally {
        Arrays.fill(password, '\0');
      }
    }
    return Optional.empty();
  }

  private static PrivateKeyInfo decrypted(String where, Object found, char[] password)
      throws IOException, PKCSException, OperatorCreationException {
    if (found instanceof PKCS8EncryptedPrivateKeyInfo pkcs8) {
      return pkcs8.decryptPrivateKeyInfo(new PasswordDecryptor(password, new KeyStretching(where)));
    }
    return ((PEMEncryptedKeyPair) found)
        .decryptKeyPair(
            new JcePEMDecryptorProviderBuilder()
                .setProvider(new BouncyCastleProvider())
                .build(password))
        .getPrivateKeyInfo();
  }
}
