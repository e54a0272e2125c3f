package zeroboot.spec;

import java.util.List;
import java.util.Locale;
import zeroboot.ground.ZbootException;

/**
 * Where a node fetches a script made for it alone: at this URL, followed by the MAC address of the
 * card that it came up with.
 *
 * @param value an absolute http or https URL without query that ends with a slash
 */
public record ProvisionUrl(String value) {
  private static final String MEND = "write it like https://boot.example.com/provision/";

  /** Refuses what a node could not fetch or a script could not carry. */
  public ProvisionUrl {
    UrlText.objection(value, List.of("http", "https"))
        .ifPresent(
            what -> {
              throw refuse(value, what);
            });
    if (value.contains("?")) {
      throw refuse(value, "has a query; the MAC address goes to the end of the URL");
    }
    if (!value.endsWith("/")) {
      throw new IllegalArgumentException("no slash at the end: " + value);
    }
  }

  /** Reads what a user typed; the slash at the end may be missing. */
  public static ProvisionUrl parse(String text) {
    return new ProvisionUrl(text.endsWith("/") || text.isEmpty() ? text : text + "/");
  }

  /** Whether nobody on the way can change what the node fetches. */
  public boolean isEncrypted() {
    return value.toLowerCase(Locale.ROOT).startsWith("https:");
  }

  private static ZbootException refuse(String text, String what) {
    return ZbootException.settings("provision URL '" + text + "'", what, MEND);
  }

  @Override
  public String toString() {
    return value;
  }
}
