import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command in a terminal and draws what it shows as an SVG picture. Started by {@code
 * tools/pictures/make} with: the file to write; the command; what to type when it asks for it; what
 * runs it as its last word, if not a shell of this computer.
 */
final class Terminal {
  private static final int COLUMNS = 100;
  private static final int CELL = 8;
  private static final int LINE = 18;
  private static final int MARGIN = 14;
  private static final int BAR = 26;
  private static final char ESCAPE = 0x1B;

  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  public static void main(String[] args) throws IOException {
    Terminal terminal = new Terminal();
    String command = args[1];
    String answer = args.length > 2 ? args[2] : "";
    String runner = args.length > 3 ? args[3] : "";
    terminal.show("$ " + command + "\n" + run(command, answer, runner));
    Files.writeString(Path.of(args[0]), terminal.svg());
  }

  /**
   * What the command writes to its terminal; the picture's reader would type sudo, root need not.
   */
  private static String run(String command, String answer, String runner) throws IOException {
    String typed = command.replaceFirst("^sudo ", "");
    String inside =
        "stty cols "
            + COLUMNS
            + " rows 50; "
            + (runner.isEmpty() ? typed : runner + " '" + typed + "'");
    Process process =
        new ProcessBuilder("script", "--quiet", "--return", "--command", inside, "/dev/null")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    boolean answered = false;
    try (InputStream from = process.getInputStream();
        OutputStream to = process.getOutputStream()) {
      byte[] buffer = new byte[4096];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        output.write(buffer, 0, n);
        if (!answered && output.toString(StandardCharsets.UTF_8).endsWith("\n> ")) {
          to.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
          to.flush();
          answered = true;
        }
      }
    }
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command + " failed: " + output.toString(StandardCharsets.UTF_8));
    }
    return output.toString(StandardCharsets.UTF_8);
  }

  /**
   * Text, line ends, returns to the line's start; of control sequences those that move or erase.
   */
  private void show(String output) {
    for (int i = 0; i < output.length(); i++) {
      char c = output.charAt(i);
      if (c == ESCAPE && i + 1 < output.length() && output.charAt(i + 1) == '[') {
        int start = i + 2;
        i = start;
        while (output.charAt(i) < 0x40 || output.charAt(i) > 0x7E) {
          i++;
        }
        obey(output.charAt(i), output.substring(start, i));
      } else if (c == '\n') {
        next();
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\b') {
        column = Math.max(0, column - 1);
      } else if (c >= ' ') {
        put(c);
      }
    }
    while (lines.size() > 1 && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
  }

  /** ECMA-48: A moves up, J erases the rest of the screen, K the rest of the line. */
  private void obey(char command, String parameter) {
    if (command == 'A') {
      row = Math.max(0, row - (parameter.isEmpty() ? 1 : Integer.parseInt(parameter)));
    }
    if (command == 'J' || command == 'K') {
      lines.get(row).setLength(Math.min(column, lines.get(row).length()));
    }
    if (command == 'J') {
      lines.subList(row + 1, lines.size()).clear();
    }
  }

  private void next() {
    row++;
    column = 0;
    if (row == lines.size()) {
      lines.add(new StringBuilder());
    }
  }

  private void put(char c) {
    if (column == COLUMNS) {
      next();
    }
    StringBuilder line = lines.get(row);
    if (column < line.length()) {
      line.setCharAt(column, c);
    } else {
      line.append(c);
    }
    column++;
  }

  private String svg() {
    int width = COLUMNS * CELL + 2 * MARGIN;
    int height = BAR + lines.size() * LINE + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height)
        .append(
            "\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"13\">\n")
        .append("<rect width=\"100%\" height=\"100%\" rx=\"7\" fill=\"#1c1f26\"/>\n")
        .append("<rect width=\"100%\" height=\"" + BAR + "\" rx=\"7\" fill=\"#343a46\"/>\n");
    String[] buttons = {"#e0645c", "#e0b34c", "#62b35f"};
    for (int i = 0; i < buttons.length; i++) {
      svg.append("<circle cx=\"" + (MARGIN + 4 + 18 * i) + "\" cy=\"" + BAR / 2)
          .append("\" r=\"5\" fill=\"" + buttons[i] + "\"/>\n");
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).toString().stripTrailing();
      if (!line.isEmpty()) {
        // textLength keeps the columns whatever font the reader has.
        svg.append("<text xml:space=\"preserve\" x=\"" + MARGIN)
            .append("\" y=\"" + (BAR + MARGIN + LINE * (i + 1) - 5))
            .append("\" textLength=\"" + line.length() * CELL)
            .append("\" fill=\"" + (line.startsWith("$ ") ? "#8fd18a" : "#dfe3ea") + "\">")
            .append(line.replace("&", "&amp;").replace("<", "&lt;"))
            .append("</text>\n");
      }
    }
    return svg.append("</svg>\n").toString();
  }
}
