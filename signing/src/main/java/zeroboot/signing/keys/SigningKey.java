package zeroboot.signing.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.ZbootException;

/**
 * A private key that may sign, with its certificate. The key itself can't be asked for: it may lie
 * in a token, and nothing of it shall reach any output.
 */
public final class SigningKey {
  private static final String ALGORITHM = "SHA256withRSA";

  /** RSA keys that are shorter have been taken apart, or soon will be (NIST SP 800-131A). */
  public static final int MIN_BITS = 2048;

  private final String where;
  private final String entry;
  private final PrivateKey key;
  private final @Nullable Provider provider;
  private final List<X509Certificate> chain;

  private SigningKey(
      String where,
      String entry,
      PrivateKey key,
      @Nullable Provider provider,
      List<X509Certificate> chain) {
    this.where = where;
    this.entry = entry;
    this.key = key;
    this.provider = provider;
    this.chain = List.copyOf(chain);
  }

  /**
   * A key that fits its certificate.
   *
   * @param where names file or token in errors
   * @param entry the key's own name there, or empty
   * @param provider who computes with it, or null for Java's own
   * @param chain its certificate, then those that lead to a root
   * @throws ZbootException (settings) if the two do not belong together, or nobody could verify its
   *     signatures
   */
  public static SigningKey of(
      String where,
      String entry,
      PrivateKey key,
      @Nullable Provider provider,
      List<X509Certificate> chain) {
    SigningKey made = new SigningKey(where, entry, key, provider, chain);
    if (!(made.certificate().getPublicKey() instanceof RSAPublicKey rsa)) {
      throw made.refused(
          "is no RSA key, and firmware and iPXE verify nothing else",
          "make keys with: zboot keys new");
    }
    if (rsa.getAlgorithm().equals("RSASSA-PSS")) {
      throw made.refused(
          "is a key for RSASSA-PSS alone, which firmware and iPXE do not verify",
          "make keys with: zboot keys new");
    }
    if (rsa.getModulus().bitLength() < MIN_BITS) {
      throw made.refused(
          "is an RSA key of " + rsa.getModulus().bitLength() + " bits",
          "use one of " + MIN_BITS + " bits or more");
    }
    made.requireMatch();
    return made;
  }

  private void requireMatch() {
    if (key instanceof RSAPrivateKey own && !isWhole(own)) {
      throw refused("is damaged: its numbers are not those of one key", "take it from a backup");
    }
    // Java checks each signature of such a key, so one of other numbers is found when it signs.
    boolean match =
        key instanceof RSAPrivateCrtKey ? isOf(key, certificate()) : hasValidSignature();
    if (!match) {
      throw refused(
          "the certificate belongs to another key", "give the certificate made for this key");
    }
  }

  /** Whether a certificate is that of a key whose numbers are known. */
  static boolean isOf(PrivateKey key, X509Certificate certificate) {
    return key instanceof RSAPrivateCrtKey own
        && certificate.getPublicKey() instanceof RSAPublicKey certified
        && own.getModulus().equals(certified.getModulus())
        && own.getPublicExponent().equals(certified.getPublicExponent());
  }

  /** Whether no number is too large for a key of its size: Java would compute with it for hours. */
  private static boolean isWhole(RSAPrivateKey own) {
    BigInteger n = own.getModulus();
    if (own.getPrivateExponent().compareTo(n) >= 0) {
      return false;
    }
    if (!(own instanceof RSAPrivateCrtKey key)) {
      return true;
    }
    BigInteger p = key.getPrimeP();
    BigInteger q = key.getPrimeQ();
    return p.bitLength() + q.bitLength() <= n.bitLength() + 1
        && p.multiply(q).equals(n)
        && key.getPrimeExponentP().compareTo(p) < 0
        && key.getPrimeExponentQ().compareTo(q) < 0
        && key.getCrtCoefficient().compareTo(p) < 0;
  }

  private boolean hasValidSignature() {
    byte[] probe = new byte[32];
    byte[] signature = sign(probe);
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(certificate().getPublicKey());
      verifier.update(probe);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The RSASSA-PKCS1-v1_5 signature with SHA-256 of {@code data}: always the same bytes. */
  public byte[] sign(byte[] data) {
    try {
      if (provider == null) {
        return signed(Signature.getInstance(ALGORITHM), data);
      }
      Signature inToken = Signature.getInstance(ALGORITHM, provider);
      return new TokenCall(where, TokenCall.LIMIT).within("to sign", () -> signed(inToken, data));
    } catch (IOException | GeneralSecurityException | Pkcs11Library.Refused e) {
      throw refused(
          "cannot sign with SHA-256 and RSA (" + e.getMessage() + ")", "use a key that can");
    }
  }

  private byte[] signed(Signature signer, byte[] data) throws GeneralSecurityException {
    signer.initSign(key);
    signer.update(data);
    return signer.sign();
  }

  /** The signer's certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** The signer's certificate, then those above it as far as the key's file has them. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * Checks that whoever meets the signature will accept the certificate.
   *
   * @throws ZbootException (settings) if it is expired or for another use
   */
  public SigningKey fitFor(KeyPurpose purpose, Instant now) {
    X509Certificate certificate = certificate();
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw refused(
          "the certificate expired on " + CertificateText.day(certificate.getNotAfter()),
          "make new keys with: zboot keys new");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw refused(
          "the certificate is not valid before " + CertificateText.day(certificate.getNotBefore()),
          "set this machine's clock, or use another key");
    }
    KeyRole.ofEntry(entry)
        .filter(role -> role != purpose.role())
        .ifPresent(
            role -> {
              throw refused(
                  "is the key "
                      + role.id()
                      + " ("
                      + role.use()
                      + "), which does not "
                      + purpose.shown(),
                  "give " + purpose.role().id() + ".p12");
            });
    if (!CertificateUse.allows(certificate, purpose)) {
      throw refused(
          "the certificate's key usage does not allow to " + purpose.shown(),
          "use one for digital signatures and code signing");
    }
    return this;
  }

  private ZbootException refused(String what, String mend) {
    return ZbootException.settings(where, what, mend);
  }

  /** Where the key came from; nothing of the key. */
  @Override
  public String toString() {
    return where;
  }
}
