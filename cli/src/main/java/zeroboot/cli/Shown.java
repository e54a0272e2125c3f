package zeroboot.cli;

/** Text that nobody vouches for, made safe for a terminal. */
final class Shown {
  private Shown() {}

  /** What is no printable ASCII becomes {@code %XX}. */
  static String line(String text) {
    return escaped(text, false);
  }

  /** The same; line feeds stay. */
  static String lines(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean lineFeeds) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 0x20 && c <= 0x7E) || (c == '\n' && lineFeeds)) {
        shown.append(c);
      } else {
        shown.append(String.format("%%%02X", (int) c));
      }
    }
    return shown.toString();
  }
}
