package zeroboot.signing.keys;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.operator.MacCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDefaultDigestProvider;
import org.bouncycastle.pkcs.bc.BcPKCS12PBMac1CalculatorBuilderProvider;
import org.bouncycastle.util.Arrays;

/** The MAC of a PFX by a password (RFC 7292, sections 4 and 5.1, and RFC 9579). */
final class Pkcs12Mac {
  /** Others take ten times as long for a round, and nobody writes them. */
  private static final Set<ASN1ObjectIdentifier> DIGESTS =
      Set.of(
          OIWObjectIdentifiers.idSHA1,
          NISTObjectIdentifiers.id_sha224,
          NISTObjectIdentifiers.id_sha256,
          NISTObjectIdentifiers.id_sha384,
          NISTObjectIdentifiers.id_sha512,
          NISTObjectIdentifiers.id_sha3_224,
          NISTObjectIdentifiers.id_sha3_256,
          NISTObjectIdentifiers.id_sha3_384,
          NISTObjectIdentifiers.id_sha3_512,
          PKCSObjectIdentifiers.md5,
          TeleTrusTObjectIdentifiers.ripemd160);

  private Pkcs12Mac() {}

  /**
   * Whether it is that of this password.
   *
   * @param pfx has one
   * @param cost pays for the derivation
   */
  static boolean isRight(Pfx pfx, char[] password, KeyStretching cost)
      throws IOException, OperatorCreationException {
    MacData mac = pfx.getMacData();
    byte[] content = ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets();
    AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)) {
      cost.charge(algorithm);
      MacCalculator calculator =
          new BcPKCS12PBMac1CalculatorBuilderProvider().get(algorithm).build(password);
      try (OutputStream to = calculator.getOutputStream()) {
        to.write(content);
      }
      return isSame(calculator.getMac(), mac);
    }
    byte[] encoded = PBEParametersGenerator.PKCS12PasswordToBytes(password);
    // An empty password is its two bytes of zero for most, and none for some.
    return isRight(mac, content, encoded.length == 0 ? new byte[2] : encoded, cost)
        || (encoded.length == 0 && isRight(mac, content, encoded, cost));
  }

  /** Appendix B, with the purpose 3. */
  private static boolean isRight(MacData mac, byte[] content, byte[] password, KeyStretching cost)
      throws OperatorCreationException {
    cost.chargeMac(mac.getIterationCount());
    AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
    if (!DIGESTS.contains(algorithm.getAlgorithm())) {
      throw new OperatorCreationException("a MAC of " + algorithm.getAlgorithm());
    }
    ExtendedDigest digest = BcDefaultDigestProvider.INSTANCE.get(algorithm);
    PBEParametersGenerator generator = new PKCS12ParametersGenerator(digest);
    generator.init(password, mac.getSalt(), mac.getIterationCount().intValueExact());
    CipherParameters key = generator.generateDerivedMacParameters(8 * digest.getDigestSize());
    HMac hmac = new HMac(digest);
    hmac.init(key);
    hmac.update(content, 0, content.length);
    byte[] made = new byte[hmac.getMacSize()];
    hmac.doFinal(made, 0);
    return isSame(made, mac);
  }

  private static boolean isSame(byte[] made, MacData mac) {
    return Arrays.constantTimeAreEqual(made, mac.getMac().getDigest());
  }
}
