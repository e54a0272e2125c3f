package zeroboot.signing.cms;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import zeroboot.ground.Sha256;
import zeroboot.signing.der.Der;
import zeroboot.signing.keys.Fingerprint;
import zeroboot.signing.keys.SigningKey;

/**
 * SignedData of PKCS #7 1.5 (RFC 2315, section 9) with one signer, SHA-256 and RSA: what
 * Authenticode and authenticated UEFI variables ask for, and where the content is detached also
 * what CMS writes (RFC 5652, section 5.1, version 1). All as DER.
 */
public final class Pkcs7 {
  /** The digest of all that we sign. */
  public static final String SHA_256 = "2.16.840.1.101.3.4.2.1";

  private static final String DATA = "1.2.840.113549.1.7.1";
  private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
  private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
  private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";

  private static final byte[] VERSION_1 = Der.integer(BigInteger.ONE);

  /** SHA-256 as PKCS #7 and its time wrote it. */
  public static final byte[] WITH_NULL = Der.sequence(Der.oid(SHA_256), Der.NULL);

  /** SHA-256 as CMS has it (RFC 5754, section 2): without parameters. */
  private static final byte[] WITHOUT_PARAMETERS = Der.sequence(Der.oid(SHA_256));

  /** iPXE and firmware know the signature by its key alone, as PKCS #7 names it. */
  private static final byte[] RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.NULL);

  private static final byte[] OUTSIDE = Der.sequence(Der.oid(DATA));

  private Pkcs7() {}

  /** Signs {@code data}, which is not part of the result. */
  public static byte[] detached(byte[] data, SigningKey key) {
    return signedData(WITH_NULL, OUTSIDE, data, Optional.empty(), key.chain(), key::sign);
  }

  /**
   * Signs {@code data}, which is not part of the result, in the manner of CMS.
   *
   * @param attributes to be signed instead, as the data's digest is among them; if absent, the
   *     signature is of the data itself
   */
  static byte[] cms(byte[] data, Optional<byte[]> attributes, SigningKey key) {
    byte[] toSign = attributes.orElse(data);
    return signedData(WITHOUT_PARAMETERS, OUTSIDE, toSign, attributes, key.chain(), key::sign);
  }

  /**
   * Signs attributes, among which is the digest of {@code content}.
   *
   * @param chain the signer's certificate, then others
   * @param signer gives the signature of the bytes that it is given
   */
  public static byte[] attached(
      String type,
      byte[] content,
      byte[] attributes,
      List<X509Certificate> chain,
      UnaryOperator<byte[]> signer) {
    return signedData(
        WITH_NULL, contentInfo(type, content), attributes, Optional.of(attributes), chain, signer);
  }

  private static byte[] signedData(
      byte[] digest,
      byte[] content,
      byte[] toSign,
      Optional<byte[]> attributes,
      List<X509Certificate> chain,
      UnaryOperator<byte[]> signer) {
    X509Certificate own = chain.get(0);
    byte[] issuerAndSerialNumber =
        Der.sequence(own.getIssuerX500Principal().getEncoded(), Der.integer(own.getSerialNumber()));
    byte[] signerInfo =
        Der.sequence(
            VERSION_1, // version
            issuerAndSerialNumber,
            digest, // digestAlgorithm
            attributes.map(set -> Der.implicit(0, set)).orElse(new byte[0]), // authenticated
            RSA, // digestEncryptionAlgorithm
            Der.octets(signer.apply(toSign))); // encryptedDigest
    byte[][] certificates = new byte[chain.size()][];
    for (int i = 0; i < certificates.length; i++) {
      certificates[i] = Fingerprint.der(chain.get(i));
    }
    return Der.sequence(
        VERSION_1, // version
        Der.set(digest), // digestAlgorithms
        content, // contentInfo
        Der.implicit(0, Der.set(certificates)), // certificates
        Der.set(signerInfo)); // signerInfos
  }

  /** The SignedData as a ContentInfo of its own. */
  public static byte[] wrapped(byte[] signedData) {
    return contentInfo(SIGNED_DATA, signedData);
  }

  private static byte[] contentInfo(String type, byte[] content) {
    return Der.sequence(Der.oid(type), Der.explicit(0, content));
  }

  /**
   * The attributes that every signature of attributes has (RFC 5652, section 11), and one more.
   *
   * @param type of the content; empty for data
   * @param digested the content
   */
  public static byte[] attributes(Optional<String> type, byte[] digested, byte[] more) {
    return Der.set(
        attribute(CONTENT_TYPE, Der.oid(type.orElse(DATA))),
        attribute(MESSAGE_DIGEST, Der.octets(Sha256.of(digested))),
        more);
  }

  /** An attribute with one value. */
  public static byte[] attribute(String type, byte[] value) {
    return Der.sequence(Der.oid(type), Der.set(value));
  }
}
