package zeroboot.image.plan;

import java.util.Locale;
import java.util.stream.Collectors;
import zeroboot.ground.ZbootException;

/** The promise of the project: every form of a medium stays under a million bytes. */
public final class SizeCap {
  /** No image is larger, in bytes. */
  public static final long BYTES = 1_000_000;

  /** What to do where settings do not fit, many nodes above all. */
  public static final String MEND =
      "give fewer or shorter settings; for many nodes make an image for each (zboot batch), one for"
          + " BIOS or UEFI alone (--firmware), or let them ask a server (--provision-url)";

  private static final int NAMED_PARTS = 3;

  private SizeCap() {}

  /**
   * Refuses a layout over the cap, before anything is written.
   *
   * @throws ZbootException naming the largest parts
   */
  public static void check(Layout layout) {
    if (layout.size() <= BYTES) {
      return;
    }
    String parts =
        layout.largest(NAMED_PARTS).stream()
            .map(part -> part.name() + " " + digits(part.length()))
            .collect(Collectors.joining(", "));
    throw ZbootException.settings(
        "image",
        digits(layout.size()) + " bytes, the limit is " + digits(BYTES) + "; largest: " + parts,
        MEND);
  }

  private static String digits(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
