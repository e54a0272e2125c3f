package zeroboot.trial;

import java.util.function.Consumer;

/**
 * Makes plain lines of what a machine sends to a serial terminal. Whatever it sends, a line is
 * printable ASCII and has a bounded length: escape sequences are left out, backspaces carried out,
 * and other bytes shown as question marks.
 */
final class SerialScreen {
  /** A longer line is cut into several. */
  static final int LONGEST = 1000;

  private static final char ESCAPE = 0x1B;
  private static final char BELL = 0x07;

  /** ECMA-48 section 5.4 and 5.6: where in an escape sequence the terminal is. */
  private enum Sequence {
    NONE,
    BEGUN,
    CONTROL,
    STRING,
    STRING_ENDING
  }

  private final int columns;
  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private Sequence sequence = Sequence.NONE;
  private boolean returned;

  /**
   * An empty screen.
   *
   * @param columns after which the sender breaks lines that are whole; {@link Integer#MAX_VALUE} if
   *     it does not
   * @param lines gets each line that is finished
   */
  SerialScreen(int columns, Consumer<String> lines) {
    this.columns = columns;
    this.lines = lines;
  }

  /** The next bytes from the machine. */
  void put(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      put((char) (bytes[i] & 0xFF));
    }
  }

  private void put(char c) {
    if (c == ESCAPE) {
      sequence = sequence == Sequence.STRING ? Sequence.STRING_ENDING : Sequence.BEGUN;
    } else if (sequence != Sequence.NONE) {
      inSequence(c);
    } else if (c == '\n') {
      newLine();
    } else if (c == '\r') {
      returned = true;
    } else if (c == '\b') {
      line.setLength(Math.max(0, line.length() - 1));
    } else if (c >= ' ' && c != 0x7F) {
      print(c <= '~' ? c : '?');
    }
  }

  private void inSequence(char c) {
    sequence =
        switch (sequence) {
          case BEGUN -> begun(c);
          case CONTROL -> control(c);
          case STRING -> c == BELL ? Sequence.NONE : Sequence.STRING;
          case STRING_ENDING, NONE -> Sequence.NONE;
        };
  }

  private static Sequence begun(char c) {
    if (c == '[') {
      return Sequence.CONTROL;
    }
    if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_') {
      return Sequence.STRING;
    }
    return c >= 0x20 && c <= 0x2F ? Sequence.BEGUN : Sequence.NONE; // intermediate bytes go on
  }

  private Sequence control(char c) {
    if (c < 0x40 || c > 0x7E) {
      return Sequence.CONTROL;
    }
    if (c == 'H') { // the cursor goes elsewhere
      finish();
    }
    return Sequence.NONE;
  }

  /** A line that is painted over (a countdown) is a line for each of its states. */
  private void print(char c) {
    if (returned || line.length() >= LONGEST) {
      finish();
    }
    returned = false;
    line.append(c);
  }

  /** At the right edge a screen goes on by itself; that line feed is not the text's. */
  private void newLine() {
    boolean broken = line.length() > 0 && line.length() % columns == 0;
    returned = false;
    if (!broken) {
      lines.accept(line.toString());
      line.setLength(0);
    }
  }

  private void finish() {
    if (line.length() > 0) {
      lines.accept(line.toString());
      line.setLength(0);
    }
  }

  /** The line that is not finished yet. */
  String unfinished() {
    return line.toString();
  }
}
