package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Finding.Place;

/** Every byte is as this version makes it for the settings in the script. */
final class EveryByteRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    if (specimen.remake().isEmpty() || !specimen.isComparable()) {
      return List.of();
    }
    Remake made = specimen.remake().get();
    OptionalLong at = made.firstDifference(specimen.bytes());
    if (at.isEmpty()) {
      return List.of();
    }
    Place place = made.place(at.getAsLong());
    boolean isMissing = at.getAsLong() >= specimen.bytes().length;
    return List.of(
        Finding.failed(
                Kind.CHANGED_BYTE,
                "byte "
                    + place.offset()
                    + " ("
                    + place.region()
                    + (isMissing ? ") is missing" : ") is not as zboot makes it"),
                AGAIN)
            .at(place));
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    if (specimen.remake().isEmpty() || !specimen.isComparable()) {
      return Optional.empty();
    }
    boolean isScript = specimen.remake().get().form().isEmpty();
    return Optional.of(
        new Passed(
            "every byte",
            isScript
                ? "is as zboot writes it for its settings"
                : "is as zboot makes it: boot codes, records, ZBOOT.JSN, layout"));
  }
}
