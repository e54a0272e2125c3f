package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.core.TrustRoot;
import zeroboot.medium.Finding.Kind;

/** The iPXE is one that is known. */
final class CoreRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    boolean isUnknown =
        specimen.isOurs()
            && specimen.facts().core().map(core -> core.origin().isEmpty()).orElse(false);
    return isUnknown
        ? List.of(
            Finding.failed(
                Kind.OTHER_CORE,
                "is not the one of this zboot, nor one that was imported",
                "if you know it, import it (zboot core import) or name it with --core"))
        : List.of();
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    if (!specimen.isOurs()) {
      return Optional.empty();
    }
    return specimen
        .facts()
        .core()
        .map(
            core ->
                new Passed(
                    "iPXE",
                    core.origin().orElseThrow()
                        + core.trustRootSha256()
                            .filter(root -> !root.equals(TrustRoot.IPXE.sha256()))
                            .map(root -> ", which trusts the root with SHA-256 " + root)
                            .orElse("")));
  }
}
