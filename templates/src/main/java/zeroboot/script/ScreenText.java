package zeroboot.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that is as long as a user makes it, on a screen that is 80 columns wide, or 100 where
 * firmware chooses its larger text mode (UEFI specification, section 12.4: mode 0 is 80 by 25,
 * others are the firmware's). What is longer goes on in the next line, wherever that is within a
 * word; so a line of ours is cut or begun anew between words, and one of iPXE's own, which only it
 * can shorten, is moved to the right until it breaks behind a slash.
 */
final class ScreenText {
  private static final int[] WIDTHS = {80, 100};

  /** What fits on a line beside a mark and a blank; the last column would begin a line. */
  private static final int COLUMNS = 79;

  /** iPXE writes {@code URL...} and, behind it, {@code 100%} or {@code ok}. */
  private static final int PROGRESS = 8;

  private static final int MOST_INDENT = 60;
  private static final int LONGEST_BLANK = 5;

  /** Where a URL may break without a loss, and where with a small one. */
  private static final String SLASH = "/";

  private static final String MARKS = "-_.,;:=&~+%";
  private static final int SMALL_LOSS = 1;
  private static final int LOSS = 5;

  /** What is lost on the narrow screen, which all machines have, outweighs the wide one. */
  private static final int NARROW = 100;

  private ScreenText() {}

  /** Whether a URL fits behind this much text. */
  static boolean fits(String url, int before) {
    return before + url.length() <= COLUMNS;
  }

  /** Server and end of a URL that does not fit behind this much text, at the most so long. */
  static String brief(String url, int before) {
    int room = COLUMNS - before;
    int path = url.indexOf('/', url.indexOf("://") + 3);
    String server = path < 0 ? url : url.substring(0, path + 1);
    String gap = "...";
    // A server without an end of things is told by its beginning, and half of the room is its.
    if (server.length() + gap.length() > room / 2 + 10) {
      server = server.substring(0, room / 2 - gap.length());
    }
    int least = url.length() - (room - server.length() - gap.length());
    int from = url.indexOf('/', least);
    if (from < 0 || from == url.length() - 1) {
      from = least;
    }
    return server + gap + url.substring(Math.max(from, server.length()));
  }

  /**
   * How far to the right iPXE's line of this URL begins, in columns, so that it breaks well; 0
   * where it does not break.
   */
  static int indent(String url) {
    String shown = url.replaceFirst("\\?.*", ""); // iPXE does not show the rest
    if (shown.length() + PROGRESS < WIDTHS[0]) {
      return 0;
    }
    int best = 0;
    for (int indent = 1; indent <= MOST_INDENT; indent++) {
      if (loss(shown, indent) < loss(shown, best)) {
        best = indent;
      }
    }
    return best;
  }

  private static int loss(String shown, int indent) {
    int loss = 0;
    for (int width : WIDTHS) {
      for (int at = width - indent; at < shown.length() + PROGRESS; at += width) {
        loss += lossAt(shown, at) * (width == WIDTHS[0] ? NARROW : 1);
      }
    }
    return loss;
  }

  private static int lossAt(String shown, int at) {
    if (at >= shown.length()) {
      return LOSS;
    }
    String before = shown.substring(at - 1, at);
    boolean isScheme = shown.startsWith("//", at - 1) || shown.startsWith("//", at - 2);
    if (before.equals(SLASH) && !isScheme) {
      return 0;
    }
    return MARKS.contains(before) ? SMALL_LOSS : LOSS;
  }

  /** So many blanks, as iPXE keeps them. */
  static String blanks(int count) {
    return "${s5}".repeat(count / LONGEST_BLANK)
        + (count % LONGEST_BLANK == 0 ? "" : "${s" + count % LONGEST_BLANK + "}");
  }

  /** Words in lines, behind this much text each; one that is longer than a line has one alone. */
  static List<String> lines(String words, int before) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words.split(" ", -1)) {
      if (line.length() > 0 && before + line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
