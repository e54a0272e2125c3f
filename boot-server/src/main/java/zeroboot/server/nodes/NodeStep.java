package zeroboot.server.nodes;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a node has come, in the order in which a boot goes. The word is that of the JSON and of
 * the reports.
 */
public enum NodeStep {
  /** It asked who can boot it and got no answer. */
  ASKED("asks for a boot server"),
  /** It was told its file. */
  OFFERED("was offered its file"),
  /** It told which address it takes. */
  CHOSE("takes an address"),
  /** It fetches the loader. */
  FETCHING("fetches the loader"),
  /** It has the whole loader. */
  FETCHED("has the loader"),
  /** The loader runs. */
  LOADER("loader runs"),
  /** The loader has an address. */
  ADDRESS("loader has an address"),
  /** It fetches what a provisioning server has for it. */
  SCRIPT("fetches its script"),
  /** It runs that. */
  SCRIPT_FETCHED("runs its script"),
  /** It fetches the kernel. */
  KERNEL("fetches the kernel"),
  /** It has the whole kernel. */
  KERNEL_FETCHED("has the kernel"),
  /** It starts the kernel: the last that is heard of a node that boots. */
  STARTED("kernel started"),
  /** It gave up, or tries again later. */
  FAILED("failed");

  private final String shown;

  NodeStep(String shown) {
    this.shown = shown;
  }

  /** For people. */
  public String shown() {
    return shown;
  }

  /** For programs: {@code kernel-fetched}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The step of a report; empty for a word that is none, or one that the server sees itself. */
  static Optional<NodeStep> reported(String word) {
    return Stream.of(values())
        .filter(step -> step.compareTo(LOADER) >= 0 && step.word().equals(word))
        .findFirst();
  }
}
