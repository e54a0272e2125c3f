package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The rooms of the house: which package uses which, in all modules. The storeys in {@code
 * CONTRIBUTING.md} are true, so no two packages use each other, not even by way of others.
 */
class RoomsTest {
  /** A room with more is two. */
  private static final int MOST_CLASSES = 40;

  /** So many classes may know each other in a circle: two halves of one thing, and what joins. */
  private static final int LARGEST_CIRCLE = 3;

  /** A file with more wants to be two. */
  private static final int MOST_LINES = 300;

  private static final Pattern STOREYS =
      Pattern.compile("<!-- storeys -->\\s*```text\\n(.*?)```", Pattern.DOTALL);

  private static final SourceMap MAP = SourceMap.read(Path.of(".."));

  @Test
  void packagesUseOnlyWhatIsBelowThem() throws IOException {
    Map<String, Integer> storeys = storeys();
    List<String> wrong = new ArrayList<>();
    MAP.packages()
        .forEach(
            (room, uses) -> {
              for (String used : uses) {
                if (storeys.containsKey(room)
                    && storeys.getOrDefault(used, 0) >= storeys.get(room)) {
                  wrong.add(room + " uses " + used + ": " + MAP.uses(room, used));
                }
              }
            });
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyPackageHasItsStorey() throws IOException {
    assertEquals(MAP.packages().keySet(), new TreeSet<>(storeys().keySet()));
  }

  @Test
  void noPackageIsTooLarge() {
    Map<String, Integer> sizes = new TreeMap<>();
    MAP.classes().keySet().forEach(name -> sizes.merge(SourceMap.room(name), 1, Integer::sum));
    sizes.values().removeIf(size -> size <= MOST_CLASSES);
    assertEquals(Map.of(), sizes);
  }

  @Test
  void noCircleOfClassesIsLarge() {
    List<Set<String>> large =
        SourceMap.circles(MAP.classes()).stream()
            .filter(circle -> circle.size() > LARGEST_CIRCLE)
            .toList();
    assertEquals(List.of(), large);
  }

  /** A table, a row for each setting. */
  private static final Set<String> LONG = Set.of("zeroboot.spec.Setting");

  @Test
  void noFileIsLong() throws IOException {
    Set<String> longer = new TreeSet<>();
    for (Path file : SourceMap.files(Path.of(".."))) {
      if (Files.readAllLines(file).size() > MOST_LINES) {
        longer.add(SourceMap.name(file));
      }
    }
    assertEquals(LONG, longer, "those that may be long, and those that are");
  }

  /** Who names a stream of the process; all others have a {@code Session}, or are given one. */
  private static final Map<String, String> STREAMS =
      Map.of(
          "zeroboot.cli.Zboot", "makes a session of them",
          "zeroboot.cli.console.StandardInput", "opens it",
          "zeroboot.cli.console.Terminal", "asks whether a terminal is behind one",
          "zeroboot.cli.write.Confirmation", "asks whether this process is a person's",
          "zeroboot.cli.write.InterruptGuard", "ends with the process, after its session",
          "zeroboot.trial.Scratch", "likewise");

  @Test
  void theStreamsOfTheProcessGoThroughTheSession() throws IOException {
    Pattern stream = Pattern.compile("\\bSystem\\.(?:in|out|err)\\b");
    Set<String> naming = new TreeSet<>();
    for (Path file : SourceMap.files(Path.of(".."))) {
      if (stream.matcher(SourceMap.code(file)).find()) {
        naming.add(SourceMap.name(file));
      }
    }
    naming.removeAll(STREAMS.keySet());
    assertEquals(Set.of(), naming);
  }

  @Test
  void whatTheMapReads() {
    assertTrue(MAP.classes().size() > 300, "all classes");
    // By an import, by the same package, and not by a comment.
    assertTrue(of(MAP.classes(), "zeroboot.cli.Zboot").contains("zeroboot.cli.Subcommand"));
    assertTrue(of(MAP.packages(), "zeroboot.cli").contains("zeroboot.ground"));
    assertFalse(of(MAP.classes(), "zeroboot.ground.Staged").contains("zeroboot.ground.Guid"));
    Map<String, Set<String>> graph = new HashMap<>();
    graph.put("a", Set.of("b"));
    graph.put("b", Set.of("c"));
    graph.put("c", Set.of("a", "d"));
    graph.put("d", Set.of("e"));
    assertEquals(List.of(Set.of("a", "b", "c")), SourceMap.circles(graph));
  }

  private static Set<String> of(Map<String, Set<String>> graph, String node) {
    return graph.getOrDefault(node, Set.of());
  }

  /** From the ground upwards; those on one line do not know each other. */
  private static Map<String, Integer> storeys() throws IOException {
    Matcher block = STOREYS.matcher(Files.readString(Path.of("..", "CONTRIBUTING.md")));
    assertTrue(block.find(), "the storeys of CONTRIBUTING.md");
    List<String> lines = block.group(1).lines().toList();
    Map<String, Integer> storeys = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      int storey = lines.size() - i; // the roof comes first
      Arrays.stream(lines.get(i).strip().split("\\s+"))
          .forEach(room -> storeys.put("zeroboot." + room, storey));
    }
    return storeys;
  }
}
