package zeroboot.medium;

import java.util.List;
import java.util.Optional;

/**
 * Something that has to be so. Each looks at the whole specimen and knows nothing of the others.
 */
interface Rule {
  String AGAIN = "make the image again";

  /** What is not so. */
  List<Finding> judge(Specimen specimen);

  /** What is good about it, where there was no finding; empty if there was nothing to look at. */
  default Optional<Passed> passed(Specimen specimen) {
    return Optional.empty();
  }
}
