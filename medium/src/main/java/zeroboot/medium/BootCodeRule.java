package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;
import zeroboot.spec.BootPath;
import zeroboot.stage.BootStages;

/** The boot codes are those of this version. */
final class BootCodeRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    if (!hasBootCode(specimen)) {
      return List.of();
    }
    Medium medium = specimen.medium().orElseThrow();
    for (BootPath path : BootPath.values()) {
      if (!medium.on(path).map(one -> BootStages.isKnown(path, one.stage())).orElse(true)) {
        return List.of(
            Finding.failed(
                Kind.OTHER_BOOT_CODE,
                path.stageTitle() + " is not that of this zboot: changed, or of another version",
                "verify with the zboot that made it, or " + AGAIN));
      }
    }
    return List.of();
  }

  private static boolean hasBootCode(Specimen specimen) {
    return specimen.isOurs()
        && specimen.medium().map(one -> one.ownForm().isPresent()).orElse(false);
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    return hasBootCode(specimen)
        ? Optional.of(new Passed("boot code", "is that of this zboot"))
        : Optional.empty();
  }
}
