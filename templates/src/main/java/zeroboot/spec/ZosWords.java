package zeroboot.spec;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import zeroboot.ground.ZbootException;

/** Checks of values that only Zero-OS or its Linux kernel read. */
final class ZosWords {
  /** GitHub's rule for user names: single hyphens inside, 39 characters. */
  private static final Pattern GITHUB_USER =
      Pattern.compile("(?=.{1,39}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*");

  /** Linux, Documentation/admin-guide/serial-console: a device and its options. */
  private static final Pattern CONSOLE = Pattern.compile("[A-Za-z][A-Za-z0-9]*(,[A-Za-z0-9]+)*");

  private static final Pattern KNOWN_CONSOLE =
      Pattern.compile("tty(S|USB|ACM)?\\d{1,3}|tty|ttynull|hvc\\d|xvc\\d|lp\\d|netcon\\d|uart\\d*");

  private ZosWords() {}

  static String sshUser(String text) {
    if (!GITHUB_USER.matcher(text).matches()) {
      throw ZbootException.settings(
          "SSH user '" + text + "'", "is not a GitHub user name", "give the name without @ or URL");
    }
    return text;
  }

  static String console(String text) {
    if (!CONSOLE.matcher(text).matches()) {
      throw ZbootException.settings(
          "console '" + text + "'",
          "is not a Linux console",
          "write it like ttyS0,115200n8 or tty0");
    }
    return text;
  }

  /** What Linux would do with a console of a name that none of its drivers on x86 has. */
  static Stream<String> consoleObjection(String text) {
    String device = text.split(",", -1)[0];
    return KNOWN_CONSOLE.matcher(device).matches()
        ? Stream.empty()
        : Stream.of(
            "'"
                + device
                + "' is not a console that Linux knows: it will be left out. The first serial port"
                + " is ttyS0, the screen tty0.");
  }

  static String serviceUrl(String what, String text) {
    UrlText.objection(text, List.of("https", "wss", "http", "ws"))
        .ifPresent(
            why -> {
              throw ZbootException.settings(
                  what + " URL '" + text + "'",
                  why,
                  "write it like wss://" + what + ".example.com");
            });
    return text;
  }
}
