package zeroboot.spec;

import java.util.Optional;

/** What may stand inside a line of an iPXE script without being interpreted by it. */
final class ScriptText {
  private ScriptText() {}

  /**
   * Why {@code text} cannot go into a script line, if it cannot. iPXE splits a line at white space,
   * takes a word that starts with {@code #} for a comment, the words {@code &&}, {@code ||} and
   * {@code ;} for command separators, expands <code>${...}</code>, and joins a line that ends in a
   * backslash with the next. Separators are refused inside words as well: no setting needs them,
   * and what is plainly harmless is easier to trust.
   */
  static Optional<String> objection(String text) {
    if (text.isEmpty()) {
      return Optional.of("is empty");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7E) {
        return Optional.of(
            c == '\n' || c == '\r'
                ? "holds a line break"
                : String.format(
                    "holds the character U+%04X; only printable ASCII can be used", (int) c));
      }
    }
    if (text.contains("${")) {
      return Optional.of("holds '${', which the boot script would replace");
    }
    for (String separator : new String[] {"&&", "||", ";"}) {
      if (text.contains(separator)) {
        return Optional.of("holds '" + separator + "', which would end the boot script's command");
      }
    }
    if (text.startsWith("#") || text.contains(" #")) {
      return Optional.of(
          "has a word that starts with '#', which the boot script takes for a comment");
    }
    if (text.endsWith("\\")) {
      return Optional.of("ends with a backslash, which would join two lines of the boot script");
    }
    if (text.startsWith(" ") || text.endsWith(" ") || text.contains("  ")) {
      return Optional.of("has spaces that the boot script would drop");
    }
    return Optional.empty();
  }
}
