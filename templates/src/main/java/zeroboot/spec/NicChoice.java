package zeroboot.spec;

import java.util.Locale;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/** Which network card iPXE uses: {@code auto}, iPXE's name for it, or its MAC address. */
final class NicChoice {
  private static final Pattern NAME = Pattern.compile("net(0|[1-9]\\d?)");

  private NicChoice() {}

  static String canonical(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("auto") || NAME.matcher(lower).matches()) {
      return lower;
    }
    if (text.contains(":") || text.contains("-")) {
      return MacAddress.parse(text).value();
    }
    throw ZbootException.settings(
        "interface '" + text + "'",
        "is not auto, net0 to net99, or a MAC address",
        "iPXE counts cards from net0; a MAC address like 00:00:5e:00:53:01 is surer");
  }
}
