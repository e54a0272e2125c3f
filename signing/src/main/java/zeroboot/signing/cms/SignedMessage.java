package zeroboot.signing.cms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessable;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jcajce.util.MessageDigestUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;
import zeroboot.signing.keys.SigningKey;

/**
 * SignedData that nobody vouches for, PKCS #7 or CMS (RFC 5652), with its one signer.
 *
 * @param message as Bouncy Castle reads it
 * @param signer the one signer
 * @param certificate the signer's, which has to be inside
 * @param others further certificates inside
 */
public record SignedMessage(
    CMSSignedData message,
    SignerInformation signer,
    X509Certificate certificate,
    List<X509Certificate> others) {
  /** Those that are not broken. */
  private static final Set<String> GOOD_DIGESTS =
      Stream.of(
              NISTObjectIdentifiers.id_sha256,
              NISTObjectIdentifiers.id_sha384,
              NISTObjectIdentifiers.id_sha512,
              NISTObjectIdentifiers.id_sha512_256,
              NISTObjectIdentifiers.id_sha3_256,
              NISTObjectIdentifiers.id_sha3_384,
              NISTObjectIdentifiers.id_sha3_512)
          .map(ASN1ObjectIdentifier::getId)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Reads a message that is all of {@code der}: behind a signature anything could be hidden.
   *
   * @param content what was signed, if it is not in the message
   * @return empty if it is none, or without exactly one signer whose certificate is inside
   */
  static Optional<SignedMessage> readWhole(byte[] der, @Nullable CMSProcessable content) {
    try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(der))) {
      in.readObject();
      return in.read() < 0 ? read(der, content) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // read() says of what kind these are
    }
  }

  /**
   * Reads a message that is signed itself; what comes after it is padding.
   *
   * @return empty if it is none, or without exactly one signer whose certificate is inside
   */
  public static Optional<SignedMessage> read(byte[] der) {
    return read(der, null);
  }

  private static Optional<SignedMessage> read(byte[] der, @Nullable CMSProcessable content) {
    try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(der))) {
      ContentInfo info = ContentInfo.getInstance(in.readObject());
      CMSSignedData message =
          content == null ? new CMSSignedData(info) : new CMSSignedData(content, info);
      return withSigner(message);
    } catch (IOException | CMSException | CertificateException | RuntimeException e) {
      // Bouncy Castle has many kinds of exceptions for a structure that is not what it should be.
      return Optional.empty();
    }
  }

  private static Optional<SignedMessage> withSigner(CMSSignedData message)
      throws CertificateException {
    List<SignerInformation> signers = List.copyOf(message.getSignerInfos().getSigners());
    if (signers.size() != 1) {
      return Optional.empty();
    }
    SignerInformation signer = signers.get(0);
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    List<X509Certificate> others = new ArrayList<>();
    Optional<X509Certificate> own = Optional.empty();
    for (X509CertificateHolder holder : message.getCertificates().getMatches(null)) {
      X509Certificate certificate = converter.getCertificate(holder);
      if (signer.getSID().match(holder)) {
        own = Optional.of(certificate);
      } else {
        others.add(certificate);
      }
    }
    return own.map(certificate -> new SignedMessage(message, signer, certificate, others));
  }

  /** The signer's certificate, then the others. */
  public List<X509Certificate> chain() {
    return Stream.concat(Stream.of(certificate), others.stream()).toList();
  }

  /** What the message itself carries; empty if it is detached from it. */
  byte[] content() {
    return SignedData.getInstance(message.toASN1Structure().getContent())
                .getEncapContentInfo()
                .getContent()
            instanceof ASN1OctetString octets
        ? octets.getOctets()
        : new byte[0];
  }

  /** What was signed in the place of the content, DER; empty if there are none. */
  public byte[] signedAttributes() {
    try {
      byte[] encoded = signer.getEncodedSignedAttributes();
      return encoded == null ? new byte[0] : encoded;
    } catch (IOException e) {
      return new byte[0]; // nothing that we write
    }
  }

  /**
   * Whether the certificate was changed after its issuer signed it, as far as the issuer's
   * certificate is at hand: it may be the same one, or among the others.
   */
  boolean isCertificateChanged() {
    List<X509Certificate> issuers =
        chain().stream()
            .filter(c -> c.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
            .toList();
    return !issuers.isEmpty() && issuers.stream().noneMatch(this::isIssuedBy);
  }

  private boolean isIssuedBy(X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Why nobody can rely on it, whoever signed; empty if one can. */
  Optional<String> weakness() {
    String digest = signer.getDigestAlgorithmID().getAlgorithm().getId();
    if (!GOOD_DIGESTS.contains(digest)) {
      String name = MessageDigestUtils.getDigestName(new ASN1ObjectIdentifier(digest));
      return Optional.of("uses the digest " + name + ", which is too weak");
    }
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < SigningKey.MIN_BITS) {
      int bits = rsa.getModulus().bitLength();
      return Optional.of("uses an RSA key of " + bits + " bits, which is too short");
    }
    return Optional.empty();
  }

  /** Why the signature is not one of its certificate's key over its content; empty if it is. */
  public Optional<String> problem() {
    if (weakness().isPresent()) {
      return weakness();
    }
    if (isCertificateChanged()) {
      return Optional.of("comes with a certificate that was changed, and does not verify");
    }
    return verifies() ? Optional.empty() : Optional.of("does not verify");
  }

  private boolean verifies() {
    JcaSimpleSignerInfoVerifierBuilder builder = new JcaSimpleSignerInfoVerifierBuilder();
    try {
      return signer.verify(builder.build(certificate));
    } catch (CMSSignerDigestMismatchException e) {
      return false;
    } catch (CMSException | OperatorCreationException | RuntimeException e) {
      // Java does not know every kind that openssl writes (RSA-PSS); Bouncy Castle takes long.
      builder.setProvider(new BouncyCastleProvider());
    }
    try {
      return signer.verify(builder.build(certificate));
    } catch (CMSException | OperatorCreationException | RuntimeException e) {
      return false; // thrown also for hostile values that no key fits
    }
  }
}
