package zeroboot.signing.keys;

import java.io.InputStream;
import java.math.BigInteger;
import java.security.Provider;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.io.CipherInputStream;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.jspecify.annotations.Nullable;
import zeroboot.ground.ZbootException;

/**
 * Undoes what a password encrypted. PBES2 with PBKDF2 and AES in CBC mode (RFC 8018, section 6.2),
 * which is what keys are written with, goes to Bouncy Castle's classes directly: its provider takes
 * longer to start than that takes, and Java's own PBKDF2 hashes the password anew in each round,
 * which is twice the work. The provider does all else (PKCS #12's own ways, scrypt, PBES1): Java
 * knows those by names that change between its releases.
 */
final class PasswordDecryptor implements InputDecryptorProvider {
  /** The sizes of their keys, in bits. */
  private static final Map<ASN1ObjectIdentifier, Integer> AES_CBC =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, 128,
          NISTObjectIdentifiers.id_aes192_CBC, 192,
          NISTObjectIdentifiers.id_aes256_CBC, 256);

  /** What PBKDF2 is made of mostly; SHA-1 is meant where a file names none. */
  private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> HMAC =
      Map.of(
          PKCSObjectIdentifiers.id_hmacWithSHA1, SHA1Digest::new,
          PKCSObjectIdentifiers.id_hmacWithSHA256, SHA256Digest::new,
          PKCSObjectIdentifiers.id_hmacWithSHA512, SHA512Digest::new);

  /** Those that its provider may make PBKDF2 of; others take ten times as long for a round. */
  private static final Set<ASN1ObjectIdentifier> OTHER_HMAC =
      Set.of(
          PKCSObjectIdentifiers.id_hmacWithSHA224,
          PKCSObjectIdentifiers.id_hmacWithSHA384,
          NISTObjectIdentifiers.id_hmacWithSHA3_224,
          NISTObjectIdentifiers.id_hmacWithSHA3_256,
          NISTObjectIdentifiers.id_hmacWithSHA3_384,
          NISTObjectIdentifiers.id_hmacWithSHA3_512);

  /** Rounds, some more than Java interprets before it compiles them, as the launcher has it. */
  private static final int REHEARSAL = 40;

  private final char[] password;
  private final KeyStretching cost;
  private @Nullable Provider provider;

  /**
   * Undoes what this password encrypted.
   *
   * @param password stays the caller's, who clears it when all is read
   * @param cost pays for each derivation
   */
  PasswordDecryptor(char[] password, KeyStretching cost) {
    this.password = password;
    this.cost = cost;
  }

  /**
   * Derives a key that nobody needs, so that Bouncy Castle is set up and what hashes is compiled
   * when a password is tried (as {@link zeroboot.ground.Sha256#rehearse}).
   */
  static void rehearse() {
    PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
    generator.init(new byte[1], new byte[8], REHEARSAL);
    generator.generateDerivedParameters(256);
  }

  /** What to say where a password did not open something, or could not be tried. */
  static ZbootException undecrypted(String where, Exception e) {
    if (e.getCause() instanceof ZbootException tooCostly) {
      return tooCostly;
    }
    return e instanceof OperatorCreationException
            || e.getCause() instanceof OperatorCreationException
        ? unknown(where)
        : wrongPassword(where);
  }

  static ZbootException unknown(String where) {
    return ZbootException.settings(
        where,
        "is damaged, or protected in a way that zboot does not know",
        "write it again with openssl, which encrypts by AES");
  }

  static ZbootException wrongPassword(String where) {
    return ZbootException.settings(where, "the password is wrong", "give the right one");
  }

  /**
   * As the interface has it.
   *
   * @throws ZbootException (settings) if that would cost more than is left
   */
  @Override
  public InputDecryptor get(AlgorithmIdentifier algorithm) throws OperatorCreationException {
    cost.charge(algorithm);
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      PBES2Parameters pbes2 = PBES2Parameters.getInstance(algorithm.getParameters());
      KeyDerivationFunc derivation = pbes2.getKeyDerivationFunc();
      AlgorithmIdentifier scheme = AlgorithmIdentifier.getInstance(pbes2.getEncryptionScheme());
      if (derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
        PBKDF2Params pbkdf2 = PBKDF2Params.getInstance(derivation.getParameters());
        ASN1ObjectIdentifier hmac = pbkdf2.getPrf().getAlgorithm();
        if (HMAC.containsKey(hmac) && AES_CBC.containsKey(scheme.getAlgorithm())) {
          return aes(scheme, pbkdf2);
        }
        if (!HMAC.containsKey(hmac) && !OTHER_HMAC.contains(hmac)) {
          throw new OperatorCreationException("PBKDF2 with " + hmac);
        }
      }
    }
    if (provider == null) {
      provider = new BouncyCastleProvider();
    }
    return new JcePKCSPBEInputDecryptorProviderBuilder()
        .setProvider(provider)
        .setTryWrongPKCS12Zero(password.length == 0) // two bytes of zero, as all others have it
        .build(password)
        .get(algorithm);
  }

  private InputDecryptor aes(AlgorithmIdentifier scheme, PBKDF2Params pbkdf2) {
    int bits = Objects.requireNonNull(AES_CBC.get(scheme.getAlgorithm()));
    BigInteger bytes = pbkdf2.getKeyLength();
    if (bytes != null && !bytes.equals(BigInteger.valueOf(bits / 8))) {
      throw new IllegalArgumentException("a key of " + bytes + " bytes for AES-" + bits);
    }
    Digest digest = Objects.requireNonNull(HMAC.get(pbkdf2.getPrf().getAlgorithm())).get();
    PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(digest);
    generator.init(
        PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(password),
        pbkdf2.getSalt(),
        pbkdf2.getIterationCount().intValueExact());
    CipherParameters key = generator.generateDerivedParameters(bits);
    byte[] iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
    PaddedBufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(AESEngine.newInstance()));
    cipher.init(false, new ParametersWithIV(key, iv));
    return new Decryptor(scheme, cipher);
  }

  private record Decryptor(AlgorithmIdentifier scheme, PaddedBufferedBlockCipher cipher)
      implements InputDecryptor {
    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return scheme;
    }

    @Override
    public InputStream getInputStream(InputStream encrypted) {
      return new CipherInputStream(encrypted, cipher);
    }
  }
}
