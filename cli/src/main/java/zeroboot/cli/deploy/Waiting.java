package zeroboot.cli.deploy;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/** Times as people write them. */
final class Waiting {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(s|m|h)");

  private Waiting() {}

  /** 90s, 15m, 1h. */
  static Duration duration(String text) {
    Matcher form = TIME.matcher(text);
    if (!form.matches()) {
      throw ZbootException.usage("--timeout " + text, "is no time", "write it like 90s, 15m or 1h");
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
