package zeroboot.medium;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.medium.Finding.Kind;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.efi.AuthenticodeSignature;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.signing.keys.Trust;

/**
 * Looks at who signed.
 *
 * @param trust whom the user trusts; nobody, if he did not say
 * @param now for certificates that expire
 */
record Signers(Trust trust, Instant now) {
  private static final String FETCH = "do not use it; make or download it again";

  /**
   * What was found out about one signature.
   *
   * @param signature who and how
   * @param finding what is wrong with it
   */
  record Result(FoundSignature signature, Optional<Finding> finding) {
    /** For people: who signed, and what that is worth. */
    String shown(boolean trusted) {
      return signature.where()
          + ": signed by "
          + signature.signer()
          + ", certificate SHA-256 "
          + signature.sha256()
          + (trusted ? ", which you trust" : " (whoever that is: compare, or give --trust CERT)");
    }
  }

  /** Whether anybody in particular has to have signed. */
  boolean areAsked() {
    return !trust.anchors().isEmpty();
  }

  /** A signature in a file beside {@code data}. */
  Result detached(String where, byte[] signature, byte[] data) {
    DetachedSignature read;
    try {
      read = DetachedSignature.verify(where, signature, data);
    } catch (ZbootException e) {
      return refused(
          FoundSignature.Kind.DETACHED,
          where,
          Finding.failed(Kind.SIGNATURE_REFUSED, String.valueOf(e.getMessage()), ""));
    }
    X509Certificate signer = read.signer();
    Optional<String> unfitness = read.unfitness(now);
    if (unfitness.isPresent()) {
      return unfit(where, CertificateInfo.of(signer), unfitness.get());
    }
    return known(FoundSignature.Kind.DETACHED, where, signer, read.others(), now);
  }

  private static Result unfit(String where, CertificateInfo info, String what) {
    return new Result(
        new FoundSignature(
            FoundSignature.Kind.DETACHED, where, info.subject(), info.sha256(), true, false),
        Optional.of(Finding.failed(Kind.SIGNER_UNFIT, what, "sign with another key")));
  }

  /**
   * The signatures in a UEFI file.
   *
   * @param what names the file in the results
   */
  List<Result> inside(String what, byte[] efi) {
    List<Result> results = new ArrayList<>();
    try {
      for (AuthenticodeSignature found : Authenticode.signatures(what, efi)) {
        results.add(inside(what, found));
      }
    } catch (ZbootException e) {
      results.add(
          refused(
              FoundSignature.Kind.SECURE_BOOT,
              what,
              Finding.failed(Kind.SECURE_BOOT_REFUSED, String.valueOf(e.getMessage()), "")));
    }
    return results;
  }

  private Result inside(String what, AuthenticodeSignature found) {
    if (found.problem().isPresent()) {
      return refused(
          FoundSignature.Kind.SECURE_BOOT,
          what,
          Finding.failed(
              Kind.SECURE_BOOT_REFUSED,
              "its Secure Boot signature " + found.problem().get(),
              FETCH));
    }
    X509Certificate signer = found.signer().orElseThrow();
    // Firmware does not look at the time.
    Instant valid = signer.getNotBefore().toInstant().plusSeconds(1);
    return known(FoundSignature.Kind.SECURE_BOOT, what, signer, found.others(), valid);
  }

  private static Result refused(FoundSignature.Kind kind, String where, Finding finding) {
    return new Result(new FoundSignature(kind, where, "", "", false, false), Optional.of(finding));
  }

  private Result known(
      FoundSignature.Kind kind,
      String where,
      X509Certificate signer,
      List<X509Certificate> others,
      Instant at) {
    CertificateInfo info = CertificateInfo.of(signer);
    boolean trusted = areAsked() && trust.reaches(signer, others, at);
    FoundSignature signature =
        new FoundSignature(kind, where, info.subject(), info.sha256(), true, trusted);
    if (trusted || !areAsked()) {
      return new Result(signature, Optional.empty());
    }
    return new Result(
        signature,
        Optional.of(
            Finding.failed(
                Kind.SIGNER_NOT_TRUSTED,
                where
                    + ": signed by "
                    + info.subject()
                    + ", certificate SHA-256 "
                    + info.sha256()
                    + ", which is not among those you trust",
                "")));
  }
}
