package zeroboot.signing.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import zeroboot.ground.ZbootException;

/**
 * PKCS #12 (RFC 7292): the key is encrypted by AES-256 under a key that PBKDF2 makes (PBES2). Files
 * are read with Java's own means.
 */
public final class Pkcs12File {
  private static final String TYPE = "PKCS12";

  /** Of the derivation of a key from the password, as Java's own files have it. */
  private static final int ROUNDS = 10_000;

  private Pkcs12File() {}

  /** Opens the one key in a file. */
  static SigningKey open(String where, byte[] bytes, PasswordSource passwords) {
    requirePkcs12(where, bytes);
    char[] password = passwords.password(where);
    try {
      return key(where, load(where, bytes, password), password);
    } catch (GeneralSecurityException e) {
      throw damaged(where);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** All certificates in a file. */
  public static List<X509Certificate> certificates(
      String where, byte[] bytes, PasswordSource passwords) {
    requirePkcs12(where, bytes);
    char[] password = passwords.password(where);
    try {
      KeyStore store = load(where, bytes, password);
      List<X509Certificate> found = new ArrayList<>();
      for (String entry : Collections.list(store.aliases())) {
        if (store.getCertificate(entry) instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw damaged(where);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /**
   * A file with one key. Never the same bytes twice: salts are random. The certificate, which is no
   * secret, lies open beside the encrypted key: to open it costs as much as to open the key, and
   * each signing command would wait for it. The password still vouches for both (section 5.1).
   */
  public static byte[] write(
      KeyRole role, PrivateKey key, X509Certificate certificate, char[] password) {
    try {
      SubjectKeyIdentifier id =
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(certificate.getPublicKey());
      OutputEncryptor encryptor =
          new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
              .setProvider(new BouncyCastleProvider())
              .setPRF(
                  new AlgorithmIdentifier(
                      PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))
              .setIterationCount(ROUNDS)
              .build(password);
      PKCS12SafeBag keyBag = named(new JcaPKCS12SafeBagBuilder(key, encryptor), role, id);
      PKCS12SafeBag certificateBag = named(new JcaPKCS12SafeBagBuilder(certificate), role, id);
      return new PKCS12PfxPduBuilder()
          .addData(keyBag)
          .addData(certificateBag)
          .build(
              new BcPKCS12MacCalculatorBuilder(
                      new SHA256Digest(), new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256))
                  .setIterationCount(ROUNDS),
              password)
          .getEncoded(ASN1Encoding.DER);
    } catch (GeneralSecurityException | PKCSException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every Java runtime makes PKCS #12", e);
    }
  }

  /** The two bags belong together, and have the name that Java calls an alias. */
  private static PKCS12SafeBag named(
      PKCS12SafeBagBuilder bag, KeyRole role, SubjectKeyIdentifier id) {
    return bag.addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString(role.id()))
        .addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, id)
        .build();
  }

  /** A DER sequence that starts with version 3 (RFC 7292, section 4): else no need to ask. */
  private static void requirePkcs12(String where, byte[] bytes) {
    if (bytes.length < 8 || bytes[0] != 0x30) {
      throw ZbootException.settings(
          where, "holds no private key", "give a PKCS #12 file, a PEM file or a pkcs11: URI");
    }
    KeyStretching.require(where, bytes);
  }

  private static KeyStore load(String where, byte[] bytes, char[] password)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try {
      store.load(new ByteArrayInputStream(bytes), password);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw ZbootException.settings(where, "the password is wrong", "give the right one");
      }
      throw damaged(where);
    }
    return store;
  }

  private static SigningKey key(String where, KeyStore store, char[] password)
      throws GeneralSecurityException {
    List<String> names = new ArrayList<>();
    for (String entry : Collections.list(store.aliases())) {
      if (store.isKeyEntry(entry)) {
        names.add(entry);
      }
    }
    if (names.size() != 1) {
      throw ZbootException.settings(
          where,
          names.isEmpty() ? "holds no private key" : "holds several keys: " + names,
          "give a file with one key and its certificate");
    }
    String name = names.get(0);
    Certificate[] chain = store.getCertificateChain(name);
    if (chain == null || !(store.getKey(name, password) instanceof PrivateKey key)) {
      throw ZbootException.settings(
          where, "holds a key without a certificate", "export both into one file");
    }
    return SigningKey.of(
        where, name, key, null, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
  }

  private static ZbootException damaged(String where) {
    return ZbootException.settings(
        where, "is not a PKCS #12 file, or a damaged one", "give the file that holds the key");
  }
}
