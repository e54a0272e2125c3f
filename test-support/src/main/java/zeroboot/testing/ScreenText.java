package zeroboot.testing;

/**
 * Turns the bytes for a terminal into the text that a person sees: without escape sequences, with
 * backspaces carried out and with lines whole that were only broken at the right edge.
 */
final class ScreenText {
  private static final char ESCAPE = 0x1B;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder sequence = new StringBuilder();
  private final int columns;
  private int column;
  private boolean returned;

  ScreenText(int columns) {
    this.columns = columns;
  }

  void put(char c) {
    if (c == ESCAPE) {
      sequence.setLength(0);
      sequence.append(c);
    } else if (sequence.length() > 0) {
      sequence.append(c);
      finishSequence(c);
    } else if (c == '\n') {
      newLine();
    } else if (c == '\r') {
      returned = true;
    } else if (c == '\b') {
      backspace();
    } else if (c >= ' ') {
      print(c);
    }
  }

  // ECMA-48 section 5.4: a control sequence is ESC [ and ends with a byte from 40h to 7Eh. Other
  // sequences that are met here (ESC c) have two bytes.
  private void finishSequence(char c) {
    boolean control = sequence.charAt(1) == '[';
    if (control && (sequence.length() == 2 || c < 0x40 || c > 0x7E)) {
      return;
    }
    sequence.setLength(0);
    boolean cursorMoved = control && c == 'H';
    if (cursorMoved && column > 0) {
      text.append('\n');
      column = 0;
    }
  }

  // A line that is painted over (a countdown) stays readable: each state of it is a line.
  private void print(char c) {
    if (returned && column > 0) {
      text.append('\n');
      column = 0;
    }
    returned = false;
    text.append(c);
    column++;
  }

  private void newLine() {
    returned = false;
    // A screen of 80 columns goes to the next line by itself: then the line feed is not the text's.
    if (column != columns) {
      text.append('\n');
    }
    column = 0;
  }

  private void backspace() {
    if (column > 0) {
      text.setLength(text.length() - 1);
      column--;
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
