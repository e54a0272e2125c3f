package zeroboot.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/**
 * An address that a single machine can have.
 *
 * @param bits in network byte order
 */
public record Ipv4Address(int bits) {
  /** No leading zeros: some programs read those as octal. */
  private static final Pattern FORM =
      Pattern.compile(
          "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");

  /** Reads dotted decimal; {@code what} names the setting in errors. */
  public static Ipv4Address parse(String what, String text) {
    Matcher form = FORM.matcher(text);
    if (text.matches("\\[?[0-9a-fA-F]*(:[0-9a-fA-F.]*){2,7}\\]?(/\\d+)?")) {
      throw ZbootException.settings(
          what + " '" + text + "'",
          "is an IPv6 address, and an image holds IPv4 addresses alone: IPv6 comes from the"
              + " network's router",
          "write an IPv4 address like 192.0.2.1, or leave it out");
    }
    if (!form.matches()) {
      throw refuse(what, text, "is not an IPv4 address");
    }
    int bits = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(form.group(i));
      if (part > 255) {
        throw refuse(what, text, "is not an IPv4 address: " + part + " is larger than 255");
      }
      bits = bits << 8 | part;
    }
    int first = bits >>> 24;
    if (first == 0 || first == 127 || first >= 224) {
      throw refuse(what, text, "is not an address that a machine can have");
    }
    return new Ipv4Address(bits);
  }

  private static ZbootException refuse(String what, String text, String why) {
    return ZbootException.settings(what + " '" + text + "'", why, "write it like 192.0.2.1");
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }
}
