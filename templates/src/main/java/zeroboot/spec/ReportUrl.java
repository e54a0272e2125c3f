package zeroboot.spec;

import java.util.List;
import zeroboot.ground.ZbootException;

/**
 * Where a node tells how far it is: by GET, in a query behind this URL.
 *
 * @param value an absolute http or https URL of printable ASCII, without credentials and query
 */
public record ReportUrl(String value) {
  private static final String MEND = "write it like http://192.0.2.3/report";

  /** Refuses what a node could not reach or a script could not carry. */
  public ReportUrl {
    UrlText.objection(value, List.of("http", "https"))
        .ifPresent(
            what -> {
              throw refuse(value, what);
            });
    if (value.contains("?")) {
      throw refuse(value, "has a query; what the node tells takes its place");
    }
  }

  /** Reads what a user typed. */
  public static ReportUrl parse(String text) {
    return new ReportUrl(text);
  }

  private static ZbootException refuse(String text, String what) {
    return ZbootException.settings("report URL '" + text + "'", what, MEND);
  }

  @Override
  public String toString() {
    return value;
  }
}
