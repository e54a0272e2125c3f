package zeroboot.medium;

import java.util.List;
import zeroboot.image.read.Defect;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Finding.Severity;

/** What the medium's own structures announce is there, and can be read. */
final class DamageRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    return specimen.medium().map(Medium::defects).orElse(List.of()).stream()
        .map(defect -> finding(defect, specimen))
        .toList();
  }

  private static Finding finding(Defect defect, Specimen specimen) {
    Kind kind =
        switch (defect.kind()) {
          case DAMAGED -> Kind.DAMAGED_PART;
          case CUT_SHORT -> Kind.CUT_SHORT;
          case NO_UEFI_FILE -> Kind.NO_UEFI_FILE;
          case TWO_UEFI_FILES -> Kind.TWO_UEFI_FILES;
          case NO_BOOT_CATALOG -> Kind.NO_BOOT_CATALOG;
          case CD_IS_ANOTHER -> Kind.CD_IS_ANOTHER;
        };
    Finding finding = Finding.failed(kind, defect.says(), AGAIN);
    boolean isVouchedFor = specimen.detached().map(one -> one.finding().isEmpty()).orElse(false);
    return !specimen.isOurs() && isVouchedFor
        ? new Finding(kind, Severity.NOTE, finding.where(), finding.what(), "")
        : finding;
  }
}
