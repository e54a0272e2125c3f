package zeroboot.cli.console;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Names on the left, what they mean on the right.
 *
 * @param rows from top to bottom
 */
record HelpTable(List<Row> rows) {
  private static final int INDENT = 2;
  private static final int GAP = 2;

  /** Where a table is too narrow for two columns, the right one is below the left. */
  private static final int BELOW = 4;

  private static final int NARROWEST_TEXT = 24;

  /**
   * A row.
   *
   * @param names in bold, with commas between them
   * @param indent in front of them
   * @param value behind the last name
   */
  record Row(List<String> names, String indent, String value, String text) {
    /** A row without an indentation. */
    Row(List<String> names, String value, String text) {
      this(names, "", value, text);
    }

    private String left(Paint paint) {
      return indent + names.stream().map(paint::strong).collect(Collectors.joining(", ")) + value;
    }

    private int width() {
      return Wrapping.width(left(Paint.PLAIN));
    }
  }

  /**
   * As lines of at most so many columns. The right column begins where the table is lowest: a row
   * whose names are longer has its text below them.
   */
  String shown(int columns, Paint paint) {
    int best = BELOW;
    int least = cost(columns, BELOW);
    for (Row row : rows) {
      int column = INDENT + row.width() + GAP;
      if (columns - column >= NARROWEST_TEXT) {
        int cost = cost(columns, column);
        if (cost < least || (cost == least && column < best) || best == BELOW) {
          best = column;
          least = cost;
        }
      }
    }
    return text(columns, best, paint);
  }

  /** Twice its lines, and one for each text that is not beside its names. */
  private int cost(int columns, int column) {
    long below = rows.stream().filter(row -> INDENT + row.width() + GAP > column).count();
    return (int) (2 * text(columns, column, Paint.PLAIN).lines().count() + below);
  }

  private String text(int columns, int column, Paint paint) {
    StringBuilder out = new StringBuilder();
    for (Row row : rows) {
      String text = Wrapping.at(columns - column, row.text()).indent(column);
      boolean isBeside = INDENT + row.width() + GAP <= column;
      String left = " ".repeat(INDENT) + row.left(paint);
      out.append(left);
      out.append(
          isBeside
              ? " ".repeat(column - INDENT - row.width()) + text.substring(column)
              : "\n" + text);
    }
    return out.toString();
  }
}
