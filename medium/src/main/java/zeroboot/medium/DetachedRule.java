package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.medium.Finding.Kind;

/** The signature beside a file is of that file, every byte of it, and by somebody trusted. */
final class DetachedRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    if (specimen.detached().isPresent()) {
      return specimen.detached().get().finding().stream().toList();
    }
    return specimen.beside().isAsked()
        ? List.of(Finding.note(Kind.NO_SIGNATURE, "there is none beside it"))
        : List.of();
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    return specimen
        .detached()
        .map(one -> new Passed("signature", one.shown(specimen.signers().areAsked())));
  }
}
