package zeroboot.cli.console;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import zeroboot.ground.ZbootException;

/** How long a command waits for nodes, as people write it. */
public final class TimeoutOption {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(s|m|h)");

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Give up a boot after it: 90s, 15m (default), 1h.")
  String timeout = "15m";

  /** As it was written. */
  public String shown() {
    return timeout;
  }

  /**
   * The time.
   *
   * @throws ZbootException (usage) if it is none
   */
  public Duration duration() {
    Matcher form = TIME.matcher(timeout);
    if (!form.matches()) {
      throw ZbootException.usage(
          "--timeout " + timeout, "is not a time", "write it like 90s, 15m or 1h");
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
