package zeroboot.signing.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
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
import zeroboot.signing.keys.Pkcs12Contents.Bag;

/** PKCS #12 (RFC 7292): the key is encrypted by AES-256 under a key that PBKDF2 makes (PBES2). */
public final class Pkcs12File {
  /** Of the derivation of a key from the password, as Java's own files have it. */
  private static final int ROUNDS = 10_000;

  private Pkcs12File() {}

  /** Opens the one key in a file. */
  static SigningKey open(String where, byte[] bytes, PasswordSource passwords) {
    Pkcs12Contents contents = contents(where, bytes, passwords);
    List<Bag<PrivateKeyInfo>> keys = contents.keys();
    if (keys.size() != 1) {
      throw ZbootException.settings(
          where,
          keys.isEmpty()
              ? "holds no private key"
              : "holds several keys: " + keys.stream().map(Bag::name).toList(),
          "give a file with one key and its certificate");
    }
    try {
      PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(keys.get(0).value());
      return SigningKey.of(
          where, keys.get(0).name(), key, null, chain(where, keys.get(0), key, contents));
    } catch (PEMException e) {
      throw Pkcs12Contents.damaged(where);
    }
  }

  /** All certificates in a file. */
  public static List<X509Certificate> certificates(
      String where, byte[] bytes, PasswordSource passwords) {
    return contents(where, bytes, passwords).certificates().stream().map(Bag::value).toList();
  }

  private static Pkcs12Contents contents(String where, byte[] bytes, PasswordSource passwords) {
    requirePkcs12(where, bytes);
    char[] password = passwords.password(where);
    try {
      return Pkcs12Contents.open(where, bytes, password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** The key's certificate, then those above it as far as they are in the file. */
  private static List<X509Certificate> chain(
      String where, Bag<PrivateKeyInfo> bag, PrivateKey key, Pkcs12Contents contents) {
    List<X509Certificate> all = contents.certificates().stream().map(Bag::value).toList();
    Optional<X509Certificate> own =
        contents.certificates().stream()
            .filter(one -> bag.id().isPresent() && one.id().equals(bag.id()))
            .map(Bag::value)
            .findFirst()
            .or(() -> all.stream().filter(one -> SigningKey.isOf(key, one)).findFirst());
    List<X509Certificate> chain = new ArrayList<>();
    Optional<X509Certificate> next = own;
    while (next.isPresent()) {
      X509Certificate last = next.get();
      chain.add(last);
      next = all.stream().filter(one -> !chain.contains(one) && hasIssued(one, last)).findFirst();
    }
    if (chain.isEmpty()) {
      throw ZbootException.settings(
          where, "holds a key without a certificate", "export both into one file");
    }
    return chain;
  }

  private static boolean hasIssued(X509Certificate issuer, X509Certificate subject) {
    if (!issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
      return false;
    }
    try {
      subject.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
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
}
