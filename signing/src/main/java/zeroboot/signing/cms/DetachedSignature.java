package zeroboot.signing.cms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bouncycastle.cms.CMSProcessable;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSProcessableFile;
import zeroboot.ground.ZbootException;
import zeroboot.signing.der.BerValue;
import zeroboot.signing.der.Der;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.signing.keys.CertificateUse;
import zeroboot.signing.keys.SigningKey;
import zeroboot.signing.keys.Trust;

/**
 * A signature in a file beside the file that it signs: CMS SignedData, DER, SHA-256, detached.
 * Without signing time it has no signed attributes, as iPXE's {@code imgverify} knows none; its
 * bytes then depend on key and file alone.
 *
 * @param signer who signed
 * @param others certificates that came along
 */
public record DetachedSignature(X509Certificate signer, List<X509Certificate> others) {
  /** What is added to the name of the signed file. */
  public static final String EXTENSION = ".sig";

  /** What a message in BER begins with (ITU-T X.690, section 8.9). */
  private static final int SEQUENCE = 0x30;

  /** The attribute of RFC 5652, section 11.3. */
  private static final String SIGNING_TIME = "1.2.840.113549.1.9.5";

  /**
   * Signs {@code data}.
   *
   * @param signingTime to be stated and signed as well; openssl understands it, iPXE does not
   */
  public static byte[] make(byte[] data, SigningKey key, Optional<Instant> signingTime) {
    Optional<byte[]> attributes =
        signingTime.map(
            time ->
                Pkcs7.attributes(
                    Optional.empty(), data, Pkcs7.attribute(SIGNING_TIME, Der.time(time))));
    return Pkcs7.wrapped(Pkcs7.cms(data, attributes, key));
  }

  /**
   * Checks a signature. Says nothing about who the signer is: that is for {@link Trust}.
   *
   * @param where names the signature's file in errors
   * @param signature CMS SignedData as DER
   * @param data what it is said to sign
   * @throws ZbootException (signature) if it does not verify
   */
  public static DetachedSignature verify(String where, byte[] signature, byte[] data) {
    return verify(
        where, signature, new CMSProcessableByteArray(data), inside -> Arrays.equals(inside, data));
  }

  /**
   * The same of a file, which is never in memory as a whole.
   *
   * @throws ZbootException (signature) if it does not verify, (I/O) if the file cannot be read
   */
  public static DetachedSignature verify(String where, byte[] signature, Path data) {
    if (!Files.isReadable(data)) {
      throw ZbootException.io(data.toString(), "cannot be read", "look at the disk");
    }
    return verify(
        where, signature, new CMSProcessableFile(data.toFile()), inside -> isAll(data, inside));
  }

  private static boolean isAll(Path file, byte[] bytes) {
    try {
      return Files.size(file) == bytes.length && Arrays.equals(Files.readAllBytes(file), bytes);
    } catch (IOException e) {
      return false;
    }
  }

  private static DetachedSignature verify(
      String where, byte[] signature, CMSProcessable data, Predicate<byte[]> isData) {
    int end = signature.length > 0 && signature[0] == SEQUENCE ? BerValue.endOfFirst(signature) : 0;
    if (end > 0 && end != signature.length) {
      throw ZbootException.signature(
          where, (signature.length - end) + " bytes follow the signature", "download it again");
    }
    SignedMessage message =
        SignedMessage.readWhole(signature, data)
            .orElseThrow(() -> NoSignature.of(where, signature));
    if (!message.message().isDetachedSignature() && !isData.test(message.content())) {
      throw ZbootException.signature(
          where, "carries a content that is not the file", "sign without -nodetach");
    }
    message
        .weakness()
        .ifPresent(
            weakness -> {
              throw ZbootException.signature(
                  where, weakness, "sign anew, with SHA-256 and a key of 2048 bits or more");
            });
    message
        .problem()
        .ifPresent(
            problem -> {
              throw ZbootException.signature(
                  where,
                  problem + ": it is of another file, or one of the two was changed",
                  "download both again, and do not use the file");
            });
    return new DetachedSignature(message.certificate(), message.others());
  }

  /**
   * Why it is worth nothing, even to who trusts the signer; empty if it is.
   *
   * @param now for the certificate's validity; the beginning of 1970 if that is not known
   */
  public Optional<String> unfitness(Instant now) {
    CertificateInfo info = CertificateInfo.of(signer);
    if (!now.equals(Instant.EPOCH) && (now.isAfter(info.to()) || now.isBefore(info.from()))) {
      return Optional.of("the certificate of " + info.subject() + " " + info.validity(now));
    }
    return CertificateUse.leavesRoomForCode(signer)
        ? Optional.empty()
        : Optional.of(info.subject() + " may not sign code");
  }
}
