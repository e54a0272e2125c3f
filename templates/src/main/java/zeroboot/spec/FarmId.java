package zeroboot.spec;

import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/**
 * The number of a farm on its grid network. Zero-OS reads it as an unsigned 32-bit number; zero
 * would make an orphan node.
 *
 * @param value 1…4294967295
 */
public record FarmId(long value) {
  private static final long MAX = 0xFFFF_FFFFL;
  private static final Pattern DIGITS = Pattern.compile("0*[0-9]{1,10}");

  /** As people write it, or copy it from a page: 4,242 and #4242. */
  private static final Pattern GROUPED =
      Pattern.compile("#?[1-9][0-9]{0,2}([,.'\u2019 \u00a0\u202f]?[0-9]{3}){0,3}|#[1-9][0-9]{0,9}");

  private static final String MEND = "the dashboard shows your farm's ID under Farms";

  /** Refuses a number that is no farm ID, with exit-code kind {@code SETTINGS}. */
  public FarmId {
    if (value < 1 || value > MAX) {
      throw refuse(Long.toString(value));
    }
  }

  /** Reads what a user typed: decimal digits and nothing else. */
  public static FarmId parse(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw refuse(text);
    }
    long value = Long.parseLong(text);
    if (value < 1 || value > MAX) {
      throw refuse(text);
    }
    return new FarmId(value);
  }

  private static ZbootException refuse(String text) {
    return ZbootException.settings(
        "farm ID " + quote(text),
        "a farm ID is a whole number from 1 to " + MAX,
        GROUPED.matcher(text).matches() ? "write it as " + text.replaceAll("\\D", "") : MEND);
  }

  private static String quote(String text) {
    return "'" + text + "'";
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
