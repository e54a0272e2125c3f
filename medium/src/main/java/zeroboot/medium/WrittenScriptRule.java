package zeroboot.medium;

import java.util.List;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;

/** The script is what this version writes for its settings. */
final class WrittenScriptRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    if (!specimen.isOurs() || !specimen.isComparable()) {
      return List.of();
    }
    if (specimen.facts().settings().isEmpty()) {
      return List.of(
          Finding.failed(Kind.FOREIGN_SCRIPT, "Its script is not one of zboot's", AGAIN));
    }
    String script = specimen.medium().flatMap(Medium::script).orElseThrow();
    boolean isWritten =
        specimen.remake().map(made -> made.script().text().equals(script)).orElse(false);
    return isWritten
        ? List.of()
        : List.of(
            Finding.failed(
                Kind.OTHER_SCRIPT,
                "is not what this zboot writes for its settings: changed, or of another version",
                "verify with the zboot that made it, or " + AGAIN));
  }
}
