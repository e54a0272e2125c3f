package zeroboot.bmc.link;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/**
 * Where a controller is reached, always by HTTPS.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 443 as a rule
 */
public record BmcAddress(String host, int port) {
  private static final int HTTPS = 443;

  /** As a regular expression, of Java and of JSON Schema (ECMA-262). */
  public static final String FORM =
      "([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}\\])(?::([0-9]{1,5}))?";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  /**
   * Reads {@code 192.0.2.7}, {@code bmc-7.example:8443} or {@code [2001:db8::7]}.
   *
   * @param what names the setting in errors
   * @throws ZbootException (settings) for anything else, a URL too: it could have a password in it
   */
  public static BmcAddress parse(String what, String text) {
    Matcher form = PATTERN.matcher(text);
    boolean fits = form.matches();
    int port = fits && form.group(2) != null ? Integer.parseInt(form.group(2)) : HTTPS;
    if (text.contains("@")) {
      // Nothing of it is repeated: there may be a password in it.
      throw ZbootException.settings(
          what,
          "the address of a management controller has a user or password in it",
          "write the name or IP address alone; the user goes to user:, the password into a file"
              + " that password-file: names");
    }
    if (!fits || port < 1 || port > 65_535) {
      throw ZbootException.settings(
          what,
          "is no address of a management controller",
          "write it like 192.0.2.7, bmc-7.example or [2001:db8::7], with :PORT if it is not 443");
    }
    return new BmcAddress(form.group(1), port);
  }

  /**
   * The address of a resource.
   *
   * @param path from the root, {@code /redfish/v1/}
   * @throws IllegalArgumentException for anything else: behind a name, {@code @other/} is another
   *     host
   */
  public URI uri(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("no path from the root");
    }
    return URI.create("https://" + this + path);
  }

  @Override
  public String toString() {
    return host + (port == HTTPS ? "" : ":" + port);
  }
}
