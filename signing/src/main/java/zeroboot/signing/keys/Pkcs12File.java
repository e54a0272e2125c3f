package zeroboot.signing.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

  /** Signatures of certificates that are checked for one chain; nobody's has so many links. */
  private static final int MAX_TRIES = 32;

  private Pkcs12File() {}

  /**
   * What lies in a file, for people.
   *
   * @param certificates all of them
   */
  public record Overview(boolean hasKey, List<X509Certificate> certificates) {}

  /** Opens the one key in a file. */
  static SigningKey open(String where, byte[] bytes, PasswordSource passwords) {
    return opened(where, bytes, passwords, contents -> key(where, contents));
  }

  /** Looks into a file; its keys stay encrypted. */
  public static Overview overview(String where, byte[] bytes, PasswordSource passwords) {
    return opened(
        where,
        bytes,
        passwords,
        contents -> new Overview(!contents.keys().isEmpty(), values(contents.certificates())));
  }

  private static <T> T opened(
      String where, byte[] bytes, PasswordSource passwords, Function<Pkcs12Contents, T> look) {
    requirePkcs12(where, bytes);
    char[] password = passwords.password(where);
    try {
      return look.apply(Pkcs12Contents.open(where, bytes, password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static SigningKey key(String where, Pkcs12Contents contents) {
    if (contents.keys().size() != 1) {
      throw ZbootException.settings(
          where,
          contents.keys().isEmpty()
              ? "holds no private key"
              : "holds " + contents.keys().size() + " keys",
          "give a file with one key and its certificate");
    }
    Bag<PKCS12SafeBag> bag = contents.keys().get(0);
    try {
      PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(contents.key(bag));
      return SigningKey.of(
          where, bag.name(), key, null, chain(where, bag, key, contents.certificates()));
    } catch (PEMException e) {
      throw Pkcs12Contents.damaged(where);
    }
  }

  /** The key's certificate, then those above it as far as they are in the file. */
  private static List<X509Certificate> chain(
      String where,
      Bag<PKCS12SafeBag> bag,
      PrivateKey key,
      List<Bag<X509Certificate>> certificates) {
    List<X509Certificate> all = values(certificates);
    Optional<X509Certificate> own =
        all.stream()
            .filter(one -> SigningKey.isOf(key, one))
            .findFirst()
            .or(() -> sameId(bag, certificates))
            .or(() -> all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty());
    if (own.isEmpty()) {
      throw ZbootException.settings(
          where, "holds a key without a certificate", "export both into one file");
    }
    List<X509Certificate> chain = new ArrayList<>(List.of(own.get()));
    int tries = 0;
    for (int i = 0; i < all.size() && tries < MAX_TRIES; i++) {
      X509Certificate last = chain.get(chain.size() - 1);
      X509Certificate one = all.get(i);
      if (isNamedAsIssuer(one, last) && !chain.contains(one)) {
        tries++;
        if (hasSigned(one, last)) {
          chain.add(one);
          i = -1;
        }
      }
    }
    return chain;
  }

  private static Optional<X509Certificate> sameId(
      Bag<PKCS12SafeBag> key, List<Bag<X509Certificate>> certificates) {
    return key.id().isEmpty()
        ? Optional.empty()
        : certificates.stream()
            .filter(one -> one.id().equals(key.id()))
            .map(Bag::value)
            .findFirst();
  }

  private static <T> List<T> values(List<Bag<T>> bags) {
    return bags.stream().map(Bag::value).toList();
  }

  private static boolean isNamedAsIssuer(X509Certificate issuer, X509Certificate subject) {
    return issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal());
  }

  /** Who issued an RSA key's certificate with a key of another kind just ends the chain. */
  private static boolean hasSigned(X509Certificate issuer, X509Certificate subject) {
    if (!(issuer.getPublicKey() instanceof RSAPublicKey key)
        || key.getPublicExponent().bitLength() > Integer.SIZE) {
      return false;
    }
    try {
      subject.verify(key);
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false; // Java has both for parameters that are none
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

  /** A sequence that is not too costly to open: else no need to ask for a password. */
  private static void requirePkcs12(String where, byte[] bytes) {
    if (bytes.length < 8 || bytes[0] != 0x30) {
      throw ZbootException.settings(
          where, "holds no private key", "give a PKCS #12 file, a PEM file or a pkcs11: URI");
    }
    KeyStretching.require(where, bytes);
  }
}
