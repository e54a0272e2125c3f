package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import zeroboot.medium.Finding.Kind;

/** Both halves trust the same servers. */
final class TrustRootsRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    boolean differ =
        specimen
            .facts()
            .core()
            .map(core -> Set.copyOf(core.trustRoots().values()).size() > 1)
            .orElse(false);
    return differ
        ? List.of(
            Finding.failed(
                Kind.DIFFERENT_ROOTS,
                "BIOS and UEFI machines trust other root certificates over HTTPS",
                AGAIN))
        : List.of();
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    return Optional.empty();
  }
}
