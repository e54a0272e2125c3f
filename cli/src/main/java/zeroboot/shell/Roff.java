package zeroboot.shell;

import java.util.Locale;

/** Text with the macros of man(7), escaped so that every character stands for itself. */
final class Roff {
  private static final int COLUMNS = 78;

  private final StringBuilder out = new StringBuilder();
  private boolean isSectionStart;

  /** Plain text; a hyphen is a minus, so that options can be copied. */
  static String text(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti");
    escaped = escaped.replace("^", "\\(ha").replace("`", "\\(ga");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  static String bold(String text) {
    return "\\fB" + text(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + text(text) + "\\fR";
  }

  void title(String name, String date, String source) {
    line(".\\\" Made by: zboot man");
    line(
        ".TH \"%s\" 1 \"%s\" \"%s\" \"Zero Boot\""
            .formatted(name.toUpperCase(Locale.ROOT).replace("-", "\\-"), date, source));
    line(".nh");
    line(".ad l");
  }

  /** The line that whatis(1) finds. */
  void name(String name, String what) {
    line(text(name) + " \\-");
    sentences(what);
  }

  void section(String title) {
    line(".SH " + title.toUpperCase(Locale.ROOT));
    isSectionStart = true;
  }

  /** A paragraph of sentences. */
  void paragraph(String text) {
    beginParagraph();
    sentences(text);
  }

  /** A term, and what is said of it. */
  void item(String term, String text) {
    line(".TP");
    line(term);
    sentences(text);
  }

  /** A command as it is typed. */
  void example(String command) {
    beginParagraph();
    line(".EX");
    line("$ " + text(command));
    line(".EE");
  }

  /** Each begins a line, and none is longer than {@value #COLUMNS}. */
  void sentences(String text) {
    for (String sentence : text.split("(?<=[.!?]) +(?=[A-Z])", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : sentence.split(" ", -1)) {
        String escaped = text(word);
        if (!line.isEmpty() && line.length() + 1 + escaped.length() > COLUMNS) {
          line(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(escaped);
      }
      line(line.toString());
    }
  }

  private void beginParagraph() {
    if (!isSectionStart) {
      line(".PP");
    }
  }

  void line(String line) {
    isSectionStart = false;
    out.append(line).append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
