package zeroboot.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.IssuerAndSerialNumber;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SignedData;
import org.bouncycastle.asn1.pkcs.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * SignedData of PKCS #7 1.5 (RFC 2315, section 9) with one signer, SHA-256 and RSA: what
 * Authenticode and authenticated UEFI variables ask for, and where the content is detached also
 * what CMS writes (RFC 5652, section 5.1, version 1). Put together from Bouncy Castle's structures;
 * its generator would add what these formats forbid.
 */
final class Pkcs7 {
  private static final ASN1Integer VERSION_1 = new ASN1Integer(1);

  /** SHA-256 as PKCS #7 and its time wrote it. */
  static final AlgorithmIdentifier SHA_256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);

  /** SHA-256 as CMS has it (RFC 5754, section 2): without parameters. */
  private static final AlgorithmIdentifier CMS_SHA_256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

  /** iPXE and firmware know the signature by its key alone, as PKCS #7 names it. */
  private static final AlgorithmIdentifier RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

  private static final ContentInfo OUTSIDE = new ContentInfo(PKCSObjectIdentifiers.data, null);

  private Pkcs7() {}

  /** Signs {@code data}, which is not part of the result. */
  static SignedData detached(byte[] data, SigningKey key) {
    return signedData(SHA_256, OUTSIDE, data, Optional.empty(), key);
  }

  /**
   * Signs {@code data}, which is not part of the result, in the manner of CMS.
   *
   * @param attributes to be signed instead, as the data's digest is among them; if absent, the
   *     signature is of the data itself
   */
  static SignedData cms(byte[] data, Optional<DERSet> attributes, SigningKey key) {
    return signedData(
        CMS_SHA_256, OUTSIDE, attributes.map(Pkcs7::der).orElse(data), attributes, key);
  }

  /** Signs attributes, among which is the digest of {@code content}. */
  static SignedData attached(ContentInfo content, DERSet attributes, SigningKey key) {
    return signedData(SHA_256, content, der(attributes), Optional.of(attributes), key);
  }

  private static SignedData signedData(
      AlgorithmIdentifier digest,
      ContentInfo content,
      byte[] toSign,
      Optional<DERSet> attributes,
      SigningKey key) {
    ASN1EncodableVector certificates = new ASN1EncodableVector();
    key.chain().forEach(c -> certificates.add(Certificate.getInstance(Fingerprint.der(c))));
    Certificate signer = Certificate.getInstance(Fingerprint.der(key.certificate()));
    SignerInfo signerInfo =
        new SignerInfo(
            VERSION_1,
            new IssuerAndSerialNumber(signer.getIssuer(), signer.getSerialNumber().getValue()),
            digest,
            attributes.orElse(null),
            RSA,
            new DEROctetString(key.sign(toSign)),
            null);
    return new SignedData(
        VERSION_1,
        new DERSet(digest),
        content,
        new DERSet(certificates),
        null,
        new DERSet(signerInfo));
  }

  /** The SignedData as a ContentInfo of its own, DER. */
  static byte[] wrapped(SignedData signedData) {
    return der(new ContentInfo(PKCSObjectIdentifiers.signedData, signedData));
  }

  /** An attribute with one value. */
  static ASN1Encodable attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new org.bouncycastle.asn1.pkcs.Attribute(type, new DERSet(value));
  }

  static byte[] der(ASN1Object object) {
    try {
      return object.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
