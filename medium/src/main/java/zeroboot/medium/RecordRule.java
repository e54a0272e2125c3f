package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;

/** {@code ZBOOT.JSN}, which people read, says what boots. */
final class RecordRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    Optional<byte[]> record = specimen.medium().flatMap(Medium::recorded);
    if (record.isEmpty() || specimen.facts().settings().isEmpty()) {
      return List.of();
    }
    RecordCheck check = new RecordCheck(record.get());
    String script = specimen.medium().flatMap(Medium::script).orElseThrow();
    List<String> differences =
        specimen
            .remake()
            .filter(made -> specimen.isComparable() && made.script().text().equals(script))
            .map(made -> check.against(made.rack(), made.script(), made.core()))
            .orElseGet(() -> check.against(specimen.facts().settings().get().variables()));
    return differences.stream()
        .map(one -> Finding.failed(Kind.RECORD_DIFFERS, one, AGAIN))
        .toList();
  }
}
