package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guides name is there: commands and options in running text, files, headings. */
class GuideWordsTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern COMMAND =
      Pattern.compile("(?:sudo )?(?:\\./)?zboot ([a-z]+)(?: ([a-z]+))?(.*)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
  private static final Pattern SUBCOMMAND = Pattern.compile("(?m)^  ([a-z]+)  +[A-Z]");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** Of ./check; and options that no help shows. */
  private static final Set<String> OTHERS =
      Set.of("--no-boot", "--secure-boot-cert", "--sign-cert");

  @Test
  void commandsAndOptionsInTheText() {
    Set<String> all = new HashSet<>(OTHERS);
    for (String name : subcommands()) {
      all.addAll(options(name));
      subcommands(name).forEach(second -> all.addAll(options(name, second)));
    }
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

  private static List<String> subcommands(String... of) {
    List<String> help = new ArrayList<>(List.of(of));
    help.add("--help");
    return SUBCOMMAND
        .matcher(CliRun.of(help.toArray(String[]::new)).text())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** The options of a command, or of its subcommand if the second word is one; empty if none is. */
  private static Set<String> options(String... words) {
    List<String> command = new ArrayList<>();
    for (String word : words) {
      if (word != null && subcommands(command.toArray(String[]::new)).contains(word)) {
        command.add(word);
      }
    }
    if (command.isEmpty()) {
      return Set.of();
    }
    Set<String> options = new HashSet<>();
    command.add("--help");
    String help = CliRun.of(command.toArray(String[]::new)).text();
    // Making commands take all settings; their help shows the most needed.
    String settings = help.contains("--farm-id") ? CliRun.of("config", "list").text() : "";
    OPTION.matcher(help + settings).results().map(MatchResult::group).forEach(options::add);
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
