package zeroboot.medium;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.medium.Finding.Kind;
import zeroboot.spec.BootPath;

/** All machines run the same script, whatever their firmware. */
final class ScriptsRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    List<Run> runs = runs(specimen);
    for (Run run : runs) {
      if (!run.script().equals(runs.get(0).script())) {
        return List.of(Finding.failed(Kind.DIFFERENT_SCRIPTS, difference(runs.get(0), run), AGAIN));
      }
    }
    return List.of();
  }

  private record Run(BootPath path, String script) {
    List<String> lines() {
      return script.lines().toList();
    }
  }

  private static List<Run> runs(Specimen specimen) {
    List<Run> runs = new ArrayList<>();
    for (BootPath path : BootPath.values()) {
      specimen
          .medium()
          .flatMap(medium -> medium.on(path))
          .ifPresent(half -> runs.add(new Run(path, half.script())));
    }
    return runs;
  }

  private static String machines(Run one, Run other) {
    return one.path().machines() + " and " + other.path().machines() + " machines run ";
  }

  private static String difference(Run one, Run other) {
    List<String> lines = one.lines();
    List<String> others = other.lines();
    int line = 0;
    while (line < Math.min(lines.size(), others.size())
        && lines.get(line).equals(others.get(line))) {
      line++;
    }
    return machines(one, other)
        + "different scripts: line "
        + (line + 1)
        + " is \""
        + (line < lines.size() ? lines.get(line) : "")
        + "\" on "
        + one.path().machines()
        + " and \""
        + (line < others.size() ? others.get(line) : "")
        + "\" on "
        + other.path().machines();
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    List<Run> runs = runs(specimen);
    return runs.size() > 1
        ? Optional.of(new Passed("script", machines(runs.get(0), runs.get(1)) + "the same"))
        : Optional.empty();
  }
}
