package zeroboot.spec;

import java.util.Locale;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/** The name of a server, or its IPv4 address. */
final class HostName {
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int MAX_LENGTH = 253;

  private HostName() {}

  /** Lower case; {@code what} names the setting in errors (RFC 1123 section 2.1). */
  static String canonical(String what, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.matches("[0-9.]+")) {
      return Ipv4Address.parse(what, lower).toString();
    }
    if (lower.length() > MAX_LENGTH || !NAME.matcher(lower).matches()) {
      throw ZbootException.settings(
          what + " '" + text + "'",
          "is neither a host name nor an IPv4 address",
          "write it like time.example.com");
    }
    return lower;
  }
}
