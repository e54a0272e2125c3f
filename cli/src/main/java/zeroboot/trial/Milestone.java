package zeroboot.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import zeroboot.ground.ZbootException;

/** How far a boot has come; each stage comes after the one before. */
public enum Milestone {
  /** The machine is switched on. */
  POWER("switched on"),
  /** The firmware shows something. */
  FIRMWARE("firmware"),
  /** The firmware has started the medium's boot code. */
  LOADER("loader"),
  /** The boot code has started iPXE. */
  IPXE("iPXE"),
  /** The script shows whose node this is. */
  BANNER("script"),
  /** The script has an address. */
  ADDRESS("address"),
  /** A server hands out the kernel (of an image that asks a server: the script). */
  KERNEL("kernel");

  /** What a trial can be asked to reach. */
  private static final List<Milestone> GOALS = List.of(BANNER, ADDRESS, KERNEL);

  private final String shown;

  Milestone(String shown) {
    this.shown = shown;
  }

  /** The stage that {@code --until} names. */
  public static Milestone goal(String text) {
    return GOALS.stream()
        .filter(goal -> goal.id().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                ZbootException.usage(
                    "--until " + text,
                    "is nothing to wait for",
                    "use one of "
                        + GOALS.stream().map(Milestone::id).collect(Collectors.joining(", "))));
  }

  /** What {@code --until} can name. */
  public static List<Milestone> goals() {
    return GOALS;
  }

  /** For programs: {@code banner}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people: {@code script}. */
  public String shown() {
    return shown;
  }

  /** The stages after {@link #POWER}, in order. */
  public static List<Milestone> steps() {
    return Arrays.stream(values()).filter(stage -> stage != POWER).toList();
  }
}
