package zeroboot.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of a Java source that {@link SpecWriter} writes. */
final class SourceText {
  private final StringBuilder text = new StringBuilder();

  void line(String line) {
    text.append(line).append('\n');
  }

  /** String literals, with commas between them. */
  static String quoted(String... texts) {
    return Arrays.stream(texts)
        .map(
            text ->
                '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"')
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
