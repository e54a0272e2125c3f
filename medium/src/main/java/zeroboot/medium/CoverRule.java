package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.image.Forms;
import zeroboot.medium.Finding.Kind;

/**
 * Where somebody is trusted, he signed all of it: every byte by a detached signature, or a UEFI
 * file that is alone by one inside. That of a file on a medium says nothing of what is around it.
 */
final class CoverRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    if (!specimen.signers().areAsked() || isCovered(specimen)) {
      return List.of();
    }
    boolean inside = specimen.inside().stream().anyMatch(CoverRule::isGood);
    return List.of(
        Finding.failed(
            Kind.NOT_COVERED,
            "nobody whom you trust signed all of it"
                + (inside
                    ? "; only the UEFI file in it is signed, which says nothing of the rest"
                    : ""),
            "sign it (zboot sign), or name its signature with --signature"));
  }

  private static boolean isCovered(Specimen specimen) {
    boolean alone =
        specimen.is(Forms.EFI)
            ? !(specimen.isFile() && specimen.isSurrounded())
            : !specimen.isOurs() && specimen.isFile();
    return specimen.detached().map(CoverRule::isGood).orElse(false)
        || (alone && specimen.inside().stream().anyMatch(CoverRule::isGood));
  }

  private static boolean isGood(Signers.Result result) {
    return result.finding().isEmpty() && result.signature().isTrusted();
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    return specimen.signers().areAsked()
        ? Optional.of(new Passed("trust", "somebody whom you trust signed all of it"))
        : Optional.empty();
  }
}
