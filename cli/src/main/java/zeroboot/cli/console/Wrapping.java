package zeroboot.cli.console;

/** Lines that break between words, at the width of whoever reads them. */
public final class Wrapping {
  /** Words behind a gap this far to the right are no longer a second column. */
  private static final int RIGHTMOST_COLUMN = 28;

  /** Less than this beside an indentation is worse than none. */
  private static final int LEAST = 16;

  private static final char ESCAPE = '\u001b';

  private Wrapping() {}

  /**
   * The text with its lines broken where they are too long. A line goes on below where it began, or
   * below its second column if it has one. A word that is longer than a line stays whole.
   *
   * @param columns of a line
   * @param text as a terminal gets it; colours (SGR) take no room, and what moves the cursor is
   *     left as it is
   */
  public static String at(int columns, String text) {
    if (text.indexOf('\r') >= 0 || movesCursor(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    int at = 0;
    while (at <= text.length()) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end;
      wrap(columns, text.substring(at, next), out);
      if (end >= 0) {
        out.append('\n');
      }
      at = next + 1;
    }
    return out.toString();
  }

  private static void wrap(int columns, String line, StringBuilder out) {
    if (line.length() <= columns && width(line) <= columns) {
      out.append(line);
      return;
    }
    String indent = " ".repeat(hanging(columns, line));
    int start = blanks(line, 0);
    out.append(line, 0, start);
    int used = start;
    boolean isFirst = true;
    int at = start;
    while (at < line.length()) {
      int gapEnd = blanks(line, at);
      int end = line.indexOf(' ', gapEnd);
      end = end < 0 ? line.length() : end;
      int gap = gapEnd - at;
      int word = width(line.substring(gapEnd, end));
      if (!isFirst && word > 0 && used + gap + word > columns) {
        out.append('\n').append(indent);
        used = indent.length();
      } else {
        out.append(line, at, gapEnd);
        used += gap;
      }
      out.append(line, gapEnd, end);
      used += word;
      isFirst = false;
      at = end;
    }
  }

  /** Where the lines behind the first one begin. */
  private static int hanging(int columns, String line) {
    int start = blanks(line, 0);
    int column = start;
    for (int gap = line.indexOf("  ", start);
        gap >= 0 && gap < RIGHTMOST_COLUMN;
        gap = line.indexOf("  ", blanks(line, gap))) {
      column = blanks(line, gap);
    }
    boolean isColumn = column > start && column <= RIGHTMOST_COLUMN && column < line.length();
    int indent = isColumn && line.indexOf(ESCAPE) < 0 ? column : start;
    return columns - indent < LEAST ? 0 : indent;
  }

  private static int blanks(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static boolean movesCursor(String text) {
    for (int at = text.indexOf(ESCAPE); at >= 0; at = text.indexOf(ESCAPE, at + 1)) {
      if (text.charAt(sequenceEnd(text, at) - 1) != 'm') {
        return true;
      }
    }
    return false;
  }

  /** Behind a control sequence (ECMA-48 §5.4). */
  private static int sequenceEnd(String text, int escape) {
    int at = escape + 2;
    while (at < text.length() && (text.charAt(at) < '@' || text.charAt(at) > '~')) {
      at++;
    }
    return Math.min(at + 1, text.length());
  }

  /** Columns that a text takes on a terminal. */
  public static int width(String text) {
    int width = 0;
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == ESCAPE) {
        at = sequenceEnd(text, at);
        continue;
      }
      int c = text.codePointAt(at);
      width += c < 0x300 ? 1 : width(c);
      at += Character.charCount(c);
    }
    return width;
  }

  /** Of one character; East Asian ones and pictures take two columns (UAX #11). */
  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean isWide =
        (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x3000 && c <= 0x303E)
            || (c >= 0xFF01 && c <= 0xFF60)
            || Character.isIdeographic(c)
            || isSyllable(c);
    return isWide ? 2 : 1;
  }

  private static boolean isSyllable(int c) {
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HANGUL
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA;
  }
}
