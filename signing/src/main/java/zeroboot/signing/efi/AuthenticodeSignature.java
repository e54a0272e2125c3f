package zeroboot.signing.efi;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x509.DigestInfo;
import zeroboot.signing.cms.Pkcs7;
import zeroboot.signing.cms.SignedMessage;

/**
 * A signature found in a UEFI file.
 *
 * @param signer whose it says it is; empty if it can't be read
 * @param others certificates that came along
 * @param problem what is wrong with it; empty if the file is what the signer signed
 */
public record AuthenticodeSignature(
    Optional<X509Certificate> signer, List<X509Certificate> others, Optional<String> problem) {
  /** Whether the file is what the signer signed. Says nothing about who the signer is. */
  public boolean isIntact() {
    return problem.isEmpty();
  }

  static AuthenticodeSignature read(byte[] der, byte[] imageHash) {
    Optional<SignedMessage> message = SignedMessage.read(der);
    if (message.isEmpty()) {
      return new AuthenticodeSignature(
          Optional.empty(), List.of(), Optional.of("is cut off or of another kind"));
    }
    SignedMessage read = message.get();
    return new AuthenticodeSignature(
        Optional.of(read.certificate()),
        read.others(),
        read.problem().or(() -> contentProblem(read, imageHash)));
  }

  /** Whose a signature says it is, whether it verifies or not. */
  static Optional<X509Certificate> signer(byte[] der) {
    return SignedMessage.read(der).map(SignedMessage::certificate);
  }

  private static Optional<String> contentProblem(SignedMessage message, byte[] imageHash) {
    try {
      ContentInfo content =
          org.bouncycastle.asn1.cms.SignedData.getInstance(
                  message.message().toASN1Structure().getContent())
              .getEncapContentInfo();
      if (!SpcIndirectData.ID.equals(content.getContentType().getId())) {
        return Optional.of("is not an Authenticode signature");
      }
      ASN1Sequence indirect = ASN1Sequence.getInstance(content.getContent());
      if (indirect.size() != 2) {
        return Optional.of("is not an Authenticode signature");
      }
      DigestInfo digest = DigestInfo.getInstance(indirect.getObjectAt(1));
      if (!digest.getAlgorithmId().getAlgorithm().getId().equals(Pkcs7.SHA_256)) {
        return Optional.of("uses a digest that is not SHA-256");
      }
      return Arrays.equals(digest.getDigest(), imageHash)
          ? Optional.empty()
          : Optional.of("is of other bytes: the file was changed after it was signed");
    } catch (RuntimeException e) {
      // Bouncy Castle has many kinds of them for a structure that is not what it should be.
      return Optional.of("is not an Authenticode signature");
    }
  }
}
