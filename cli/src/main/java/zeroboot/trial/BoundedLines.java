package zeroboot.trial;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads what another program says, line by line, and never keeps more of a line than is asked. */
final class BoundedLines {
  private BoundedLines() {}

  /**
   * Gives each line to {@code lines}, the last one even if it breaks off.
   *
   * @param longest the rest of a longer line is left out
   */
  static void each(InputStream from, int longest, Consumer<String> lines) throws IOException {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = from.read(); c >= 0; c = from.read()) {
        if (c == '\n') {
          lines.accept(line.toString());
          line.setLength(0);
        } else if (c != '\r' && line.length() < longest) {
          line.append(c >= ' ' && c <= '~' ? (char) c : '?');
        }
      }
    } finally {
      lines.accept(line.toString());
    }
  }
}
