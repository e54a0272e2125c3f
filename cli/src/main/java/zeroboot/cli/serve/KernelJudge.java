package zeroboot.cli.serve;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;
import zeroboot.server.service.KernelOptions;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.efi.AuthenticodeSignature;
import zeroboot.signing.keys.Trust;

/** Wants a signature for Secure Boot in each kernel, by somebody who is trusted. */
record KernelJudge(Trust trust, Clock clock) implements KernelOptions.Judge {
  /** One that wants nothing without certificates. */
  static KernelOptions.Judge of(List<Path> certificates, Clock clock) {
    return certificates.isEmpty()
        ? (name, file) -> {}
        : new KernelJudge(Trust.of(certificates), clock);
  }

  @Override
  public void judge(String name, Path file) {
    byte[] bytes = BoundedReader.file(file, InputKind.IMAGE);
    for (AuthenticodeSignature each : Authenticode.signatures(name, bytes)) {
      if (each.isIntact() && each.signer().filter(signer -> isTrusted(signer, each)).isPresent()) {
        return;
      }
    }
    throw ZbootException.settings(
        name,
        "has no signature of whom this server trusts",
        "sign it with: zboot sign --secure-boot KEY");
  }

  private boolean isTrusted(X509Certificate signer, AuthenticodeSignature signature) {
    return trust.reaches(signer, signature.others(), clock.instant());
  }
}
