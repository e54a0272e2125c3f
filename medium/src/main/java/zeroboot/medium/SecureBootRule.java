package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.image.BootParts;
import zeroboot.image.plan.Extent;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Finding.Place;

/** The signatures in the UEFI file are of that file, and by somebody trusted. */
final class SecureBootRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    boolean boots = specimen.medium().flatMap(Medium::uefi).isPresent();
    if (specimen.inside().isEmpty()) {
      return boots
          ? List.of(
              Finding.note(
                  Kind.NOT_FOR_SECURE_BOOT, "is not signed: it boots with Secure Boot off"))
          : List.of();
    }
    return specimen.inside().stream()
        .flatMap(one -> one.finding().stream())
        .map(finding -> placed(finding, specimen))
        .toList();
  }

  private static Finding placed(Finding finding, Specimen specimen) {
    Optional<Extent> place =
        specimen
            .sized()
            .flatMap(made -> made.layout().find(BootParts.UEFI_SIGNATURE))
            .or(() -> specimen.layout().find(BootParts.UEFI_FILE));
    return place
        .map(at -> finding.at(new Place(at.offset(), at.length(), at.name())))
        .orElse(finding);
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    return specimen.inside().stream()
        .findFirst()
        .map(one -> new Passed("UEFI file", one.shown(specimen.signers().areAsked())));
  }
}
