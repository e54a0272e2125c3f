package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;
import zeroboot.signing.efi.Authenticode;

/**
 * Nothing is signed but the loader. Sticks of the first generation have a signed iPXE inside, since
 * their loader could not vouch for an unsigned one; firmware starts that as well alone.
 */
final class SignedCoreRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    boolean isSigned =
        specimen.medium().flatMap(Medium::uefi).map(SignedCoreRule::isSigned).orElse(false);
    return isSigned
        ? List.of(
            Finding.failed(
                Kind.SIGNED_CORE,
                "dangerous: the signed iPXE can be taken out and booted with another script",
                "revoke it (zboot keys revoke) and make the stick again"))
        : List.of();
  }

  private static boolean isSigned(Medium.Half uefi) {
    try {
      return !Authenticode.rawSignatures("iPXE core", uefi.core()).isEmpty();
    } catch (ZbootException e) {
      return false; // firmware refuses it, too
    }
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    boolean isSealed =
        !specimen.inside().isEmpty() && specimen.medium().flatMap(Medium::uefi).isPresent();
    return isSealed
        ? Optional.of(new Passed("iPXE in it", "is not signed: it starts from its loader alone"))
        : Optional.empty();
  }
}
