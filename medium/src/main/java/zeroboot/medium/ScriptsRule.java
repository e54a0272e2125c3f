package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;

/** BIOS and UEFI machines run the same script. */
final class ScriptsRule implements Rule {
  @Override
  public List<Finding> judge(Specimen specimen) {
    if (!hasBoth(specimen)) {
      return List.of();
    }
    Medium medium = specimen.medium().orElseThrow();
    String onBios = medium.bios().orElseThrow().script();
    String onUefi = medium.uefi().orElseThrow().script();
    if (onBios.equals(onUefi)) {
      return List.of();
    }
    List<String> bios = onBios.lines().toList();
    List<String> uefi = onUefi.lines().toList();
    int line = 0;
    while (line < Math.min(bios.size(), uefi.size()) && bios.get(line).equals(uefi.get(line))) {
      line++;
    }
    return List.of(
        Finding.failed(
            Kind.DIFFERENT_SCRIPTS,
            "BIOS and UEFI machines run different scripts: line "
                + (line + 1)
                + " is \""
                + (line < bios.size() ? bios.get(line) : "")
                + "\" on BIOS and \""
                + (line < uefi.size() ? uefi.get(line) : "")
                + "\" on UEFI",
            AGAIN));
  }

  private static boolean hasBoth(Specimen specimen) {
    return specimen.medium().flatMap(Medium::bios).isPresent()
        && specimen.medium().flatMap(Medium::uefi).isPresent();
  }

  @Override
  public Optional<Passed> passed(Specimen specimen) {
    return hasBoth(specimen)
        ? Optional.of(new Passed("script", "BIOS and UEFI machines run the same"))
        : Optional.empty();
  }
}
