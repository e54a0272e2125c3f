package zeroboot.cli.serve;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import zeroboot.ground.ZbootException;
import zeroboot.server.mirror.KernelCheck;
import zeroboot.signing.cms.DetachedSignature;
import zeroboot.signing.keys.CertificateInfo;
import zeroboot.signing.keys.Trust;

/** Wants a signature beside each kernel, by somebody who is trusted, as {@code zboot verify}. */
record KernelSigner(Trust trust, Clock clock) implements KernelCheck.Judge {
  @Override
  public void judge(String place, byte[] signature, Path kernel) {
    DetachedSignature read = DetachedSignature.verify(place, signature, kernel);
    Instant now = clock.instant();
    read.unfitness(now)
        .ifPresent(
            what -> {
              throw ZbootException.signature(place, what, "sign it with another key");
            });
    if (!trust.reaches(read.signer(), read.others(), now)) {
      CertificateInfo signer = CertificateInfo.of(read.signer());
      throw ZbootException.signature(
          place,
          "is by "
              + signer.subject()
              + ", certificate SHA-256 "
              + signer.sha256()
              + ", whom kernel-signer does not name",
          "sign it with the other key, or name this certificate");
    }
  }
}
