package zeroboot.medium;

import java.util.List;
import java.util.Locale;
import zeroboot.image.read.FoundFile;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Finding.Place;

/**
 * There is nothing else: a verdict on a file is one on all of it. A device is larger than what is
 * on it, and what else it holds is worth a note.
 */
final class EndRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    if (!specimen.isOurs()) {
      return List.of(foreign(specimen));
    }
    Medium medium = specimen.medium().orElseThrow();
    if (medium.found().isPresent()) {
      return List.of(surrounded(specimen, medium.found().get()));
    }
    long end = specimen.sized().map(made -> (long) made.bytes().length).orElse(medium.imageSize());
    long size = specimen.reading().size();
    return size > end ? List.of(appended(specimen, end, size - end)) : List.of();
  }

  private static Finding foreign(Specimen specimen) {
    String what = "is nothing that zboot made: no more is known of it than who signed it";
    boolean isPart = specimen.reading().isCutOff() && specimen.detached().isPresent();
    return isPart
        ? Finding.failed(Kind.FOREIGN, "is too large to be verified as a whole", "verify a file")
        : Finding.note(Kind.FOREIGN, what);
  }

  private static Finding surrounded(Specimen specimen, FoundFile found) {
    return specimen.isFile()
        ? Finding.failed(
            Kind.SURROUNDED,
            "only " + found.shown() + " is zboot's, nothing vouches for the rest",
            "verify that file alone, or the device that this is a copy of")
        : Finding.note(Kind.SURROUNDED, "only " + found.shown() + " was verified, nothing else");
  }

  private static Finding appended(Specimen specimen, long end, long more) {
    Place place = new Place(end, more, "behind the image");
    Finding finding =
        specimen.isFile()
            ? Finding.failed(
                Kind.APPENDED,
                String.format(
                    Locale.ROOT, "%,d more bytes follow the image, from byte %d on", more, end),
                "take the file as it was made")
            : Finding.note(Kind.APPENDED, "more bytes follow, which are not part of the image");
    return finding.at(place);
  }
}
