package zeroboot.spec;

import java.util.List;
import java.util.Locale;
import zeroboot.ground.ZbootException;

/**
 * Where a node fetches its kernel from.
 *
 * @param value an absolute http or https URL of printable ASCII, without credentials
 */
public record KernelUrl(String value) {
  private static final String MEND = "write it like https://bootstrap.grid.tf/kernel/net/prod.efi";

  /** Refuses what a node could not fetch or a script could not carry. */
  public KernelUrl {
    UrlText.objection(value, List.of("http", "https"))
        .ifPresent(
            what -> {
              throw ZbootException.settings("kernel URL '" + value + "'", what, MEND);
            });
  }

  /** Reads what a user typed. */
  public static KernelUrl parse(String text) {
    return new KernelUrl(text);
  }

  /** Whether nobody on the way can change what the node fetches. */
  public boolean isEncrypted() {
    return value.toLowerCase(Locale.ROOT).startsWith("https:");
  }

  @Override
  public String toString() {
    return value;
  }
}
