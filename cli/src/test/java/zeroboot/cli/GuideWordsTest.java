package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the guides name is there: commands and options in running text, files, headings. */
class GuideWordsTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern COMMAND =
      Pattern.compile("(?:sudo )?(?:\\./)?zboot ([a-z]+)(?: ([a-z]+))?(.*)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** Of ./check and tools/test-dist. */
  private static final Set<String> OTHERS = Set.of("--no-boot", "--twice");

  private static final CommandLine TREE = Zboot.tree();

  @Test
  void commandsAndOptionsInTheText() {
    Set<String> all = new HashSet<>(OTHERS);
    HelpTest.commands().forEach(command -> all.addAll(options(command)));
    Set<String> unknown = new TreeSet<>();
    for (Guide guide : Guide.all()) {
      for (String span : spans(guide)) {
        var command = COMMAND.matcher(span);
        List<String> named = OPTION.matcher(span).results().map(MatchResult::group).toList();
        if (command.matches()) {
          Set<String> known = options(command.group(1), command.group(2));
          if (known.isEmpty() || !known.containsAll(named)) {
            unknown.add(guide.name() + ": " + span);
          }
        } else if (span.startsWith("--") && !all.containsAll(named)) {
          unknown.add(guide.name() + ": " + span);
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }

  /** What is to be typed stands on one line: copied, a line break would end it. */
  @Test
  void noSpanIsBroken() {
    Set<String> broken = new TreeSet<>();
    for (Guide guide : Guide.all()) {
      FENCED
          .matcher(guide.text())
          .replaceAll("")
          .lines()
          .filter(line -> line.chars().filter(c -> c == '`').count() % 2 == 1)
          .forEach(line -> broken.add(guide.name() + ": " + line));
    }
    assertEquals(Set.of(), broken);
  }

  /** The options of a command, or of its subcommand if the second word is one; empty if none is. */
  private static Set<String> options(String first, @Nullable String second) {
    CommandLine command = TREE.getSubcommands().get(first);
    if (command == null) {
      return Set.of();
    }
    CommandLine below = second == null ? null : command.getSubcommands().get(second);
    return options(below == null ? command : below);
  }

  private static Set<String> options(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    Set<String> options = new HashSet<>(spec.optionsMap().keySet());
    options.addAll(spec.negatedOptionsMap().keySet());
    return options;
  }

  private static List<String> spans(Guide guide) {
    return SPAN.matcher(FENCED.matcher(guide.text()).replaceAll(""))
        .results()
        .map(span -> span.group(1))
        .toList();
  }

  @Test
  void linksLeadSomewhere() {
    for (Guide guide : Guide.all()) {
      LINK.matcher(guide.text())
          .results()
          .filter(link -> !link.group(1).contains("://"))
          .forEach(link -> assertLeadsSomewhere(guide, link.group(1), link.group(2)));
    }
  }

  private static void assertLeadsSomewhere(Guide guide, String file, String heading) {
    Path target = file.isEmpty() ? guide.file() : guide.file().resolveSibling(file);
    assertTrue(Files.exists(target), () -> guide.name() + " links " + file + ": not there");
    if (heading != null) {
      Guide other =
          Guide.all().stream()
              .filter(one -> one.file().normalize().equals(target.normalize()))
              .findAny()
              .orElseThrow(() -> new AssertionError(guide.name() + " links " + file));
      List<String> anchors =
          HEADING
              .matcher(FENCED.matcher(other.text()).replaceAll(""))
              .results()
              .map(found -> anchor(found.group(1)))
              .toList();
      assertTrue(anchors.contains(heading), () -> guide.name() + " links #" + heading);
    }
  }

  /** As the usual viewers of Markdown make it. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }
}
