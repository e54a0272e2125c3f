package zeroboot.signing.keys;

import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.MacCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDefaultDigestProvider;
import org.bouncycastle.pkcs.PKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.bc.BcPKCS12PBMac1CalculatorBuilderProvider;
import org.bouncycastle.util.Arrays;
import zeroboot.ground.ZbootException;

/**
 * What a PFX holds (RFC 7292, section 4), after its password has vouched for it.
 *
 * @param keys private ones; mostly one
 * @param certificates in the file's order
 */
record Pkcs12Contents(List<Bag<PrivateKeyInfo>> keys, List<Bag<X509Certificate>> certificates) {
  /**
   * A SafeBag (section 4.2).
   *
   * @param name its friendlyName, or empty
   * @param id its localKeyId, which a key and its certificate share
   */
  record Bag<T>(String name, Optional<ASN1Encodable> id, T value) {}

  /**
   * Opens a file whose cost {@link KeyStretching} has looked at.
   *
   * @param where names the file in errors
   * @throws ZbootException (settings) if the password is another, or the file damaged
   */
  static Pkcs12Contents open(String where, byte[] bytes, char[] password) {
    try {
      PKCS12PfxPdu pfx = new PKCS12PfxPdu(bytes);
      ContentInfo authSafe = pfx.toASN1Structure().getAuthSafe();
      if (!authSafe.getContentType().equals(PKCSObjectIdentifiers.data)) {
        throw damaged(where); // signed by a key in place of a password: nobody writes that
      }
      if (pfx.hasMac() && !isMacRight(pfx.toASN1Structure(), password)) {
        throw wrongPassword(where);
      }
      try {
        return read(pfx, new PasswordDecryptor(password));
      } catch (PKCSException e) {
        // With a MAC the password is known to be right.
        throw pfx.hasMac() ? damaged(where) : wrongPassword(where);
      }
    } catch (IOException
        | OperatorCreationException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | ArithmeticException e) {
      // The latter four are what Bouncy Castle throws at structures that are none.
      throw damaged(where);
    }
  }

  /** Sections 4 and 5.1; appendix B, or RFC 9579. */
  private static boolean isMacRight(Pfx pfx, char[] password)
      throws IOException, OperatorCreationException {
    MacData mac = pfx.getMacData();
    AlgorithmIdentifier named = mac.getMac().getAlgorithmId();
    PKCS12MacCalculatorBuilderProvider provider;
    ASN1Encodable parameters;
    if (named.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)) {
      provider = new BcPKCS12PBMac1CalculatorBuilderProvider();
      parameters = named.getParameters();
    } else {
      provider = new BcPKCS12MacCalculatorBuilderProvider(BcDefaultDigestProvider.INSTANCE);
      parameters = new PKCS12PBEParams(mac.getSalt(), mac.getIterationCount().intValueExact());
    }
    MacCalculator calculator =
        provider.get(new AlgorithmIdentifier(named.getAlgorithm(), parameters)).build(password);
    try (OutputStream to = calculator.getOutputStream()) {
      to.write(ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets());
    }
    return Arrays.constantTimeAreEqual(calculator.getMac(), mac.getMac().getDigest());
  }

  private static Pkcs12Contents read(PKCS12PfxPdu pfx, PasswordDecryptor decryptor)
      throws PKCSException {
    List<Bag<PrivateKeyInfo>> keys = new ArrayList<>();
    List<Bag<X509Certificate>> certificates = new ArrayList<>();
    for (ContentInfo part : pfx.getContentInfos()) {
      PKCS12SafeBagFactory bags =
          part.getContentType().equals(PKCSObjectIdentifiers.encryptedData)
              ? new PKCS12SafeBagFactory(part, decryptor)
              : new PKCS12SafeBagFactory(part);
      for (PKCS12SafeBag bag : bags.getSafeBags()) {
        String name =
            attribute(bag, PKCS12SafeBag.friendlyNameAttribute)
                .map(value -> ASN1BMPString.getInstance(value).getString())
                .orElse("");
        Optional<ASN1Encodable> id = attribute(bag, PKCS12SafeBag.localKeyIdAttribute);
        if (bag.getType().equals(PKCSObjectIdentifiers.certBag)) {
          certificate(bag).forEach(value -> certificates.add(new Bag<>(name, id, value)));
        } else if (bag.getType().equals(PKCSObjectIdentifiers.keyBag)) {
          keys.add(new Bag<>(name, id, (PrivateKeyInfo) bag.getBagValue()));
        } else if (bag.getType().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
          PKCS8EncryptedPrivateKeyInfo encrypted = (PKCS8EncryptedPrivateKeyInfo) bag.getBagValue();
          keys.add(new Bag<>(name, id, encrypted.decryptPrivateKeyInfo(decryptor)));
        }
      }
    }
    return new Pkcs12Contents(keys, certificates);
  }

  /** The one that it holds; none if it is of a kind that nobody uses, SDSI. */
  private static List<X509Certificate> certificate(PKCS12SafeBag bag) {
    CertBag value = CertBag.getInstance(bag.toASN1Structure().getBagValue());
    return value.getCertId().equals(PKCSObjectIdentifiers.x509Certificate)
        ? KeyFile.certificates(ASN1OctetString.getInstance(value.getCertValue()).getOctets())
        : List.of();
  }

  private static Optional<ASN1Encodable> attribute(PKCS12SafeBag bag, ASN1ObjectIdentifier type) {
    Attribute[] all = bag.getAttributes();
    if (all != null) {
      for (Attribute one : all) {
        if (one.getAttrType().equals(type) && one.getAttrValues().size() > 0) {
          return Optional.of(one.getAttributeValues()[0]);
        }
      }
    }
    return Optional.empty();
  }

  private static ZbootException wrongPassword(String where) {
    return ZbootException.settings(where, "the password is wrong", "give the right one");
  }

  static ZbootException damaged(String where) {
    return ZbootException.settings(
        where, "is not a PKCS #12 file, or a damaged one", "give the file that holds the key");
  }
}
