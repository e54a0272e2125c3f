package zeroboot.spec;

import java.util.List;
import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/** Checks of values that only Zero-OS or its Linux kernel read. */
final class ZosWords {
  /** GitHub's rule for user names: single hyphens inside, 39 characters. */
  private static final Pattern GITHUB_USER =
      Pattern.compile("(?=.{1,39}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*");

  /** Linux, Documentation/admin-guide/serial-console: a device and its options. */
  private static final Pattern CONSOLE = Pattern.compile("[A-Za-z][A-Za-z0-9]*(,[A-Za-z0-9]+)*");

  private ZosWords() {}

  static String sshUser(String text) {
    if (!GITHUB_USER.matcher(text).matches()) {
      throw ZbootException.settings(
          "SSH user '" + text + "'", "is no GitHub user name", "give the name without @ or URL");
    }
    return text;
  }

  static String console(String text) {
    if (!CONSOLE.matcher(text).matches()) {
      throw ZbootException.settings(
          "console '" + text + "'",
          "is no console of Linux",
          "write it like ttyS0,115200n8 or tty0");
    }
    return text;
  }

  static String serviceUrl(String what, String text) {
    UrlText.trouble(text, List.of("https", "wss", "http", "ws"))
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
