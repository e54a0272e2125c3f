package zeroboot.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** What stands below the options in {@code --help}: examples, and sentences around them. */
public final class HelpFooter {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?:  |Example: )((?:sudo )?zboot .*?)(?:  (\\S.*))?");

  private HelpFooter() {}

  /**
   * A line.
   *
   * @param command of an example, as it is typed
   * @param text a sentence, or what the example does
   */
  record Line(Optional<String> command, String text) {}

  static List<Line> lines(CommandSpec command) {
    List<Line> lines = new ArrayList<>();
    for (String line : command.usageMessage().footer()) {
      Matcher example = EXAMPLE.matcher(line);
      if (example.matches()) {
        String does = example.group(2);
        lines.add(new Line(Optional.of(example.group(1)), does == null ? "" : does));
      } else if (!line.isEmpty() && !line.matches("Examples?:")) {
        lines.add(new Line(Optional.empty(), line));
      }
    }
    return lines;
  }

  /** The examples of a command, as they are typed. */
  public static List<String> examples(CommandSpec command) {
    return lines(command).stream().flatMap(line -> line.command().stream()).toList();
  }

  /** The sentences of a command. */
  static List<String> sentences(CommandSpec command) {
    String text =
        String.join(
            " ",
            lines(command).stream()
                .filter(line -> line.command().isEmpty())
                .map(Line::text)
                .toList());
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("(?<=[.!?]) ", -1));
  }
}
