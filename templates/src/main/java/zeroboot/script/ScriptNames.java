package zeroboot.script;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the labels of the script, and those variables that it uses most, short names: an image
 * carries each of their characters three times, once for BIOS and twice for UEFI. Labels that are
 * put together at boot keep theirs: those of numbers and of what is done at the end ({@code do_});
 * so does what stands around a rack's nodes, where it is read back ({@link NodeBlocks}).
 */
final class ScriptNames {
  private static final int LETTERS = 26;

  private static final Pattern LABEL = Pattern.compile("(?m)^ *:(?!node_|do_|known$)([a-z_]\\w*)$");

  /** Whatever takes a label; what a variable of these holds is one. */
  private static final Pattern USE =
      Pattern.compile(
          "(?m)(^ *:|\\bgoto |^ *set (?:back|next|other|stage) |\\biseq \\$\\{stage} |&& set stage"
              + " )([a-z_]\\w*)(?![\\w$])");

  /** Long names of variables that hold no setting. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "attempt", "a", "back", "b", "stage", "g", "what", "k", "next", "n", "other", "o",
          "round", "r", "why", "w");

  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?m)(\\$\\{|\\bset |\\binc )(" + String.join("|", VARIABLES.keySet()) + ")(?=[}: ]|$)");

  private ScriptNames() {}

  static String shorten(String script) {
    Map<String, String> shortened = new HashMap<>();
    for (MatchResult label : LABEL.matcher(script).results().toList()) {
      shortened.put(label.group(1), name(shortened.size()));
    }
    return replaced(VARIABLE, replaced(USE, script, shortened), VARIABLES);
  }

  private static String replaced(Pattern where, String script, Map<String, String> by) {
    return where
        .matcher(script)
        .replaceAll(
            use ->
                Matcher.quoteReplacement(
                    use.group(1) + by.getOrDefault(use.group(2), use.group(2))));
  }

  /** {@code a}, {@code b}, … {@code z}, {@code aa}, … */
  private static String name(int number) {
    String last = String.valueOf((char) ('a' + number % LETTERS));
    return number < LETTERS ? last : name(number / LETTERS - 1) + last;
  }
}
