package zeroboot.script;

import java.util.ArrayList;
import java.util.List;

/** A farm ID in digits five lines high: for a terminal, and as values of iPXE settings. */
public final class LargeDigits {
  private static final int HEIGHT = 5;

  /** Each digit is five columns wide, its rows separated by a slash. */
  private static final String[] DIGITS = {
    "#####/#   #/#   #/#   #/#####",
    "  #  / ##  /  #  /  #  / ### ",
    "#####/    #/#####/#    /#####",
    "#####/    #/ ####/    #/#####",
    "#   #/#   #/#####/    #/    #",
    "#####/#    /#####/    #/#####",
    "#####/#    /#####/#   #/#####",
    "#####/    #/   # /  #  /  #  ",
    "#####/#   #/#####/#   #/#####",
    "#####/#   #/#####/    #/#####",
  };

  /** The first part defines ${s1} to ${s5}: iPXE drops spaces that are written as such. */
  private static final int LONGEST_BLANK = 5;

  private LargeDigits() {}

  /** The rows of the decimal {@code number}, top to bottom, as iPXE shows them. */
  static List<String> rows(String number) {
    // The blank at the start also keeps iPXE from taking "#####" for a comment.
    return plainRows(number).stream().map(LargeDigits::blanksAsSettings).toList();
  }

  /** The same as text: seven columns for each digit. */
  public static List<String> plainRows(String number) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < HEIGHT; row++) {
      StringBuilder pixels = new StringBuilder();
      for (int i = 0; i < number.length(); i++) {
        pixels.append("  ").append(DIGITS[number.charAt(i) - '0'].split("/", -1)[row]);
      }
      rows.add(pixels.toString().stripTrailing());
    }
    return rows;
  }

  private static String blanksAsSettings(String row) {
    StringBuilder out = new StringBuilder();
    int blanks = 0;
    for (int i = 0; i < row.length(); i++) {
      char pixel = row.charAt(i);
      if (pixel == ' ') {
        blanks++;
        continue;
      }
      for (; blanks > 0; blanks -= Math.min(blanks, LONGEST_BLANK)) {
        out.append("${s").append(Math.min(blanks, LONGEST_BLANK)).append('}');
      }
      out.append(pixel);
    }
    return out.toString();
  }
}
