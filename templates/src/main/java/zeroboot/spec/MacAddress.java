package zeroboot.spec;

import java.util.Locale;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/**
 * The hardware address of a network card.
 *
 * @param value six pairs of lower-case hexadecimal digits with colons between, as iPXE prints it
 */
public record MacAddress(String value) implements Comparable<MacAddress> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
  private static final String MEND = "a card has one like 00:00:5e:00:53:01";

  /** Refuses what no single card can have: a group address (IEEE 802, lowest bit), all zeros. */
  public MacAddress {
    if (!FORM.matcher(value).matches()) {
      throw refuse(value, "is not a MAC address");
    }
    if ((Integer.parseInt(value.substring(0, 2), 16) & 1) != 0) {
      throw refuse(value, "is the address of a group of cards");
    }
    if (value.equals("00:00:00:00:00:00")) {
      throw refuse(value, "is the address of no card");
    }
  }

  /** Reads what a user typed: either case, colons or hyphens. */
  public static MacAddress parse(String text) {
    return new MacAddress(text.toLowerCase(Locale.ROOT).replace('-', ':'));
  }

  private static ZbootException refuse(String text, String what) {
    return ZbootException.settings("MAC address '" + text + "'", what, MEND);
  }

  @Override
  public int compareTo(MacAddress other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
