package zeroboot.signing.cms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import zeroboot.ground.ZbootException;

/** What somebody took for a detached signature, and what would make one of it. */
final class NoSignature {
  /** As much of a file as tells what it is. */
  private static final int HEAD = 4096;

  /** RFC 7468, section 2. */
  private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 #]{1,40})-----");

  /** A header of RFC 822, as S/MIME begins with. */
  private static final Pattern MIME =
      Pattern.compile("\\A\\s*(MIME-Version|Content-Type|To|From|Subject):.*", Pattern.DOTALL);

  /** Bytes of bare RSA signatures: keys of 1024 to 8192 bits. */
  private static final Map<Integer, Integer> BITS_BY_SIZE =
      Map.of(128, 1024, 256, 2048, 384, 3072, 512, 4096, 1024, 8192);

  private static final String OURS = "sign with zboot sign, or with openssl cms -sign -outform DER";

  private NoSignature() {}

  /** The error that says so. */
  static ZbootException of(String where, byte[] bytes) {
    if (bytes.length == 0) {
      return refused(where, "is empty", "download it again");
    }
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    Matcher pem = PEM.matcher(head);
    if (pem.find()) {
      return pem(where, pem.group(1));
    }
    if (MIME.matcher(head).matches()) {
      return refused(where, "is S/MIME, not DER", convert(where, "SMIME"));
    }
    if (head.startsWith("untrusted comment:")) {
      return refused(where, "is a signature of minisign or signify", OURS);
    }
    if (head.stripLeading().startsWith("<")) {
      return refused(where, "is a web page or XML", "fetch the signature itself");
    }
    return structure(bytes)
        .map(what -> refused(where, what, OURS))
        .orElseGet(() -> other(where, bytes));
  }

  private static ZbootException pem(String where, String label) {
    return switch (label) {
      case "CMS", "PKCS7", "PKCS #7 SIGNED DATA" ->
          refused(where, "is PEM, not DER", convert(where, "PEM"));
      case "PGP SIGNATURE" ->
          refused(where, "is an OpenPGP signature", "check it with gpg --verify");
      case "SSH SIGNATURE" ->
          refused(where, "is a signature of SSH", "check it with ssh-keygen -Y verify");
      case "CERTIFICATE" -> refused(where, "is a certificate", "give that to --trust");
      default -> refused(where, "is PEM of another kind (" + label + ")", OURS);
    };
  }

  private static String convert(String where, String form) {
    return "make DER of it: openssl cms -cmsout -inform "
        + form
        + " -in "
        + where
        + " -outform DER -out FILE";
  }

  private static Optional<String> structure(byte[] der) {
    try (ASN1InputStream in = new ASN1InputStream(der)) {
      ContentInfo info = ContentInfo.getInstance(in.readObject());
      if (!info.getContentType().equals(CMSObjectIdentifiers.signedData)) {
        return Optional.of("is CMS, but no signature (type " + info.getContentType() + ")");
      }
      int signers = SignedData.getInstance(info.getContent()).getSignerInfos().size();
      return Optional.of(
          switch (signers) {
            case 0 -> "is CMS without a signer";
            case 1 -> "comes without its signer's certificate, or with a damaged one";
            default -> "has " + signers + " signers, and zboot judges one";
          });
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle has many kinds of them for what is no such structure.
      return Optional.empty();
    }
  }

  private static ZbootException other(String where, byte[] bytes) {
    Integer bits = BITS_BY_SIZE.get(bytes.length);
    if (bits != null && bytes[0] != 0x30) {
      return refused(
          where, "looks like a bare signature of " + bits + " bits, without a certificate", OURS);
    }
    return refused(
        where,
        "is not a detached signature, or a truncated one",
        "download it again; it has to be CMS in DER, as zboot and openssl write it");
  }

  private static ZbootException refused(String where, String what, String mend) {
    return ZbootException.signature(where, what, mend);
  }
}
