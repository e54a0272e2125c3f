package zeroboot.signing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import zeroboot.spec.ZbootException;

/**
 * Checks who signed.
 *
 * @param trust whom the user trusts; nobody, if he did not say
 * @param now for certificates that expire
 */
record SignerCheck(Trust trust, Instant now) {
  /** A signature in a file beside {@code data}. */
  Check detached(String where, byte[] signature, byte[] data) {
    DetachedSignature read;
    try {
      read = DetachedSignature.verify(where, signature, data);
    } catch (ZbootException e) {
      return Check.failed("signature", String.valueOf(e.getMessage()));
    }
    X509Certificate signer = read.signer();
    CertificateInfo info = CertificateInfo.of(signer);
    if (now.isAfter(info.to()) || now.isBefore(info.from())) {
      return Check.failed(
          "signature", "the certificate of " + info.subject() + " " + info.validity(now));
    }
    if (!CertificateUse.leavesRoomForCode(signer)) {
      return Check.failed("signature", info.subject() + " may not sign code");
    }
    return known("signature", where, signer, read.others(), now);
  }

  /**
   * The signatures in a UEFI file.
   *
   * @param what names the file in the results
   */
  List<Check> inside(String what, byte[] efi) {
    List<Check> checks = new ArrayList<>();
    try {
      for (AuthenticodeSignature found : Authenticode.signatures(what, efi)) {
        checks.add(inside(what, found));
      }
    } catch (ZbootException e) {
      checks.add(Check.failed(what, String.valueOf(e.getMessage())));
    }
    return checks;
  }

  private Check inside(String what, AuthenticodeSignature found) {
    if (found.problem().isPresent()) {
      return Check.failed(
          what, "its Secure Boot signature " + found.problem().get() + "; make or fetch it anew");
    }
    X509Certificate signer = found.signer().orElseThrow();
    // Firmware does not look at the time.
    Instant begin = signer.getNotBefore().toInstant().plusSeconds(1);
    Instant valid = trust.reaches(signer, found.others(), now) ? now : begin;
    return known(what, "Secure Boot", signer, found.others(), valid);
  }

  private Check known(
      String what, String where, X509Certificate signer, List<X509Certificate> others, Instant at) {
    CertificateInfo info = CertificateInfo.of(signer);
    String who = where + ": signed by " + info.subject() + ", certificate SHA-256 " + info.sha256();
    if (trust.anchors().isEmpty()) {
      return Check.ok(what, who + " (whoever that is: compare, or give --trust CERT)");
    }
    return trust.reaches(signer, others, at)
        ? Check.ok(what, who + ", which you trust")
        : Check.failed(what, who + ", which is not among those you trust");
  }
}
