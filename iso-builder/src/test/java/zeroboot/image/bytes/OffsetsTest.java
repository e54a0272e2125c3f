package zeroboot.image.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The place of a field is said once. One that is written only stands as a number at its writer; one
 * that is read as well has a name, which both use.
 */
class OffsetsTest {
  private static final String NUMBER = "\\(\\s*(0x[0-9A-Fa-f]+|[0-9]+)[,)]";

  private static final Pattern WRITTEN = Pattern.compile("\\.at" + NUMBER);

  /** What a writer that is called {@code w} or goes on in a chain does not match. */
  private static final Pattern READ =
      Pattern.compile(
          "\\b(?!w\\.)\\w+\\.(?:u8|[lb]e(?:16|32|64)|bothEndian(?:16|32)|text|spacePadded|bytes)"
              + NUMBER);

  /** Both are about the same structures where they are in the same package. */
  @Test
  void noNumberIsWrittenAndReadInOnePackage() throws IOException {
    Map<String, Set<Integer>> written = numbers(WRITTEN);
    Map<String, Set<Integer>> read = numbers(READ);
    List<String> twice = new ArrayList<>();
    written.forEach(
        (room, offsets) ->
            offsets.stream()
                .filter(offset -> offset > 0) // where a structure begins
                .filter(offset -> read.getOrDefault(room, Set.of()).contains(offset))
                .forEach(offset -> twice.add(room + " writes and reads at " + offset)));
    assertEquals(List.of(), twice);
    assertTrue(written.size() > 6, written.keySet() + " have writers");
  }

  /** Who looks at media asks the formats, which know where their fields are. */
  @Test
  void readersOfMediaKnowNoOffset() throws IOException {
    Map<String, Set<Integer>> read = numbers(READ);
    assertEquals(
        Set.of(),
        new TreeSet<>(
            read.getOrDefault("image/read", Set.of()).stream().filter(at -> at > 0).toList()));
  }

  @Test
  void whatThePatternsSee() {
    assertEquals(Set.of(16), numbers(WRITTEN, "    w.at(16).le32(8); // Field"));
    assertEquals(Set.of(16), numbers(READ, "r.le32(16)"));
    assertEquals(Set.of(0x2A), numbers(READ, "r.bytes(0x2A, 4)"));
    assertEquals(Set.of(), numbers(READ, "w.u8(16).le32(5)"));
    assertEquals(Set.of(), numbers(READ, "r.le32(16 + at)"));
  }

  private static Map<String, Set<Integer>> numbers(Pattern pattern) throws IOException {
    Map<String, Set<Integer>> found = new TreeMap<>();
    for (String module : List.of("iso-builder", "signing")) {
      Path root = Path.of("..", module, "src", "main", "java", "zeroboot");
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          String room = root.relativize(file.resolveSibling("")).toString();
          found
              .computeIfAbsent(room, one -> new TreeSet<>())
              .addAll(numbers(pattern, Files.readString(file)));
        }
      }
    }
    found.values().removeIf(Set::isEmpty);
    return found;
  }

  private static Set<Integer> numbers(Pattern pattern, String source) {
    Set<Integer> numbers = new TreeSet<>();
    for (Matcher m = pattern.matcher(source); m.find(); ) {
      numbers.add(Integer.decode(m.group(1)));
    }
    return numbers;
  }
}
