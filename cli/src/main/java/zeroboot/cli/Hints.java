package zeroboot.cli;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zeroboot.cli.console.Invocation;

/**
 * Puts what to type for this program into advice: who has called {@code ./zboot} has no {@code
 * zboot}. Whoever gives advice writes {@code zboot COMMAND}, in every module.
 */
final class Hints {
  /** The name before a command or an option, and not as a part of a path. */
  private static final Pattern NAME =
      Pattern.compile(
          Stream.of(Subcommand.values())
              .map(Subcommand::word)
              .collect(Collectors.joining("|", "(?<![\\w./-])zboot(?= (?:--\\w|(?:", ")\\b))")));

  private Hints() {}

  /** For the way in which this program was called. */
  static UnaryOperator<String> of(Map<String, String> environment) {
    return text ->
        NAME.matcher(text).find()
            ? by(Invocation.of(environment, List.<String>of())).apply(text)
            : text;
  }

  /** For a program that is called like this. */
  static UnaryOperator<String> by(String program) {
    return text -> NAME.matcher(text).replaceAll(Matcher.quoteReplacement(program));
  }
}
