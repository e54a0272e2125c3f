package zeroboot.medium;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;
import zeroboot.stage.BootStages;

/** The boot codes are those of this version. */
final class BootCodeRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    if (!hasBootCode(specimen)) {
      return List.of();
    }
    Medium medium = specimen.medium().orElseThrow();
    boolean bios = isSame(medium.bios(), BootStages.biosStage());
    boolean uefi = isSame(medium.uefi(), BootStages.efiLoader());
    return bios && uefi
        ? List.of()
        : List.of(
            Finding.failed(
                Kind.OTHER_BOOT_CODE,
                (bios ? "the UEFI loader" : "the BIOS stage")
                    + " is not that of this zboot: changed, or of another version",
                "verify with the zboot that made it, or " + AGAIN));
  }

  private static boolean isSame(Optional<Medium.Half> half, byte[] stage) {
    return half.map(one -> Arrays.equals(one.stage(), stage)).orElse(true);
  }

  private static boolean hasBootCode(Specimen specimen) {
    return specimen.isOurs()
        && specimen.medium().map(one -> one.kind().form().isPresent()).orElse(false);
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    return hasBootCode(specimen)
        ? Optional.of(new Passed("boot code", "is that of this zboot"))
        : Optional.empty();
  }
}
