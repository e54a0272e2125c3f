package zeroboot.cli.console;

import zeroboot.ground.VisibleText;

/**
 * The one place where text is made safe for a terminal. {@link ShownStream} sends all that a
 * command says through {@link #escaped}, so nobody has to remember it. What the program itself
 * means to be obeyed, a colour or a line feed inside a text, carries a mark that nobody outside
 * knows.
 */
public final class Shown {
  /** A noncharacter, then one of 6400 for private use, another in each run. */
  private static final String MARK = "\uFDD0" + (char) (0xE000 + (System.nanoTime() >>> 8) % 6400);

  private Shown() {}

  /** What is not visible is spelled out, line feeds too. For text that goes past the streams. */
  public static String line(String text) {
    return VisibleText.of(text);
  }

  /** A text of several lines: its line feeds and tabs are meant. */
  public static String lines(String text) {
    return text.replace("\n", MARK + "\n").replace("\t", MARK + "\t");
  }

  /**
   * A control sequence (ECMA-48 §5.4) that a terminal shall obey.
   *
   * @param sequence what follows ESC, {@code [K}
   */
  public static String control(String sequence) {
    return MARK + sequence;
  }

  /** Back to the start of the line, which is then cleared. */
  public static String clearedLine() {
    return toLineStart() + control("[K");
  }

  /** Back to the start of the line. */
  public static String toLineStart() {
    return MARK + "\r";
  }

  /** The text as a stream sends it on; a line feed at its end stays. */
  public static String escaped(String text) {
    int ending =
        text.endsWith(System.lineSeparator())
            ? System.lineSeparator().length()
            : text.endsWith("\n") ? 1 : 0;
    int end = text.length() - ending;
    if (isPlain(text, end)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    int at = 0;
    while (at < end) {
      if (text.startsWith(MARK, at) && at + MARK.length() < text.length()) {
        at += MARK.length();
        char meant = text.charAt(at);
        shown.append(meant < ' ' ? meant : '\u001b');
        at += meant < ' ' ? 1 : 0;
        continue;
      }
      int c = text.codePointAt(at);
      if (VisibleText.isVisible(c)) {
        shown.appendCodePoint(c);
      } else {
        shown.append(VisibleText.spelled(c));
      }
      at += Character.charCount(c);
    }
    return shown.append(text, at, text.length()).toString();
  }

  private static boolean isPlain(String text, int end) {
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
