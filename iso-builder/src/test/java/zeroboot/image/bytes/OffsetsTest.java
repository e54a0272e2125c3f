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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The place of a field is said once. One that is written only stands as a number at its writer; one
 * that is read as well has a name, which both use, and so do all others who have to know it.
 */
class OffsetsTest {
  private static final String NUMBER = "0x[0-9A-Fa-f]+|[0-9]+";

  /** A number, or what stands for one: {@code SIZE}, {@code Placement.SIZE}. */
  private static final String PLACE =
      "\\(\\s*(" + NUMBER + "|(?:[A-Z]\\w*\\.)?[A-Z][A-Z0-9_]+)\\b\\s*[,)]";

  private static final Pattern WRITTEN = Pattern.compile("\\.at" + PLACE);

  /** What a writer that is called {@code w} or goes on in a chain does not match. */
  private static final Pattern READ =
      Pattern.compile(
          "\\b(?!w\\.)\\w+\\.(?:u8|[lb]e(?:16|32|64)|bothEndian(?:16|32)|text|spacePadded|bytes)"
              + PLACE);

  private static final Pattern CONSTANT =
      Pattern.compile("static final (?:int|long) ([A-Z][A-Z0-9_]*) = (" + NUMBER + ");");

  /** Two structures can have a field at 4; nothing else of this size is met by chance. */
  private static final int LARGE = 100;

  /** Names that say what a structure has, and nothing of which. */
  private static final Set<String> GENERAL = Set.of("BYTES", "SIZE", "TYPE", "MOST");

  private static List<Source> sources;

  /**
   * A file.
   *
   * @param room its package, from {@code zeroboot} on
   * @param text without comments and texts
   */
  private record Source(String module, String room, String name, String text) {
    /** The numbers that have a name here. */
    Map<String, Integer> constants() {
      Map<String, Integer> constants = new TreeMap<>();
      for (Matcher m = CONSTANT.matcher(text); m.find(); ) {
        constants.put(name + "." + m.group(1), Integer.decode(m.group(2)));
      }
      return constants;
    }

    /** What {@code pattern} finds: {@code Placement.SIZE}, {@code Placement#16}. */
    Set<String> places(Pattern pattern) {
      return pattern
          .matcher(text)
          .results()
          .map(found -> found.group(1))
          .map(place -> place.contains(".") ? place : name + separator(place) + place)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String separator(String place) {
      return place.matches(NUMBER) ? "#" : ".";
    }

    /** A package for structures of somebody's specification. */
    boolean isFormat() {
      return room.matches("image/(?:bios|fat|gpt|iso|mbr|pe|uefi)");
    }

    boolean isReaderOfMedia() {
      return module.equals("medium") || room.equals("image/read");
    }
  }

  @BeforeAll
  static void read() throws IOException {
    sources = new ArrayList<>();
    for (String module : List.of("iso-builder", "signing", "medium")) {
      Path root = Path.of("..", module, "src", "main", "java", "zeroboot");
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          sources.add(
              new Source(
                  module,
                  root.relativize(file.resolveSibling("")).toString().replace('\\', '/'),
                  file.getFileName().toString().replace(".java", ""),
                  bare(Files.readString(file))));
        }
      }
    }
  }

  private static String bare(String source) {
    return source.replaceAll("(?s)/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"", "");
  }

  /** Both are about the same structures where they are in the same package. */
  @Test
  void noPlaceIsSaidOnceToWriteAndOnceToRead() {
    Map<String, Integer> constants = constants();
    List<String> twice = new ArrayList<>();
    for (String room : sources.stream().map(Source::room).collect(Collectors.toSet())) {
      Set<String> written = places(room, WRITTEN);
      Set<String> read = places(room, READ);
      for (String place : written) {
        int at = value(place, constants);
        for (String other : read) {
          boolean areNumbers = isNumber(place) && isNumber(other);
          boolean isOneClass = type(place).equals(type(other));
          boolean areApart = !written.contains(other) && !read.contains(place);
          if (at > 0
              && at == value(other, constants)
              && (areNumbers || (areApart && (isOneClass || at >= LARGE)))) {
            twice.add(room + " writes at " + place + " and reads at " + other);
          }
        }
      }
    }
    assertEquals(List.of(), twice, "give the place one name, in the record of the structure");
  }

  /** The same number under the same name says the same thing twice. */
  @Test
  void noNumberHasItsNameInTwoClasses() {
    Map<String, List<String>> classes = new TreeMap<>();
    constants()
        .forEach(
            (name, value) ->
                classes
                    .computeIfAbsent(
                        name.replaceFirst(".*\\.", "") + " = " + value, one -> new ArrayList<>())
                    .add(name.replaceFirst("\\..*", "")));
    classes.entrySet().removeIf(all -> GENERAL.contains(all.getKey().replaceFirst(" .*", "")));
    classes.values().removeIf(all -> all.size() < 2);
    assertEquals(Map.of(), classes, "say it in one class, and name that in the others");
  }

  /** Who looks at media asks the formats, which know where their fields are. */
  @Test
  void readersOfMediaKnowNoOffset() {
    Map<String, Integer> constants = constants();
    Set<Integer> places = new TreeSet<>();
    for (Source source : sources) {
      if (source.isFormat()) {
        for (Pattern pattern : List.of(WRITTEN, READ)) {
          source.places(pattern).stream().map(one -> value(one, constants)).forEach(places::add);
        }
        places.addAll(source.constants().values());
      }
    }
    places.removeIf(at -> at < LARGE || at == 0xFF); // which masks a byte
    List<String> known = new ArrayList<>();
    for (Source source : sources) {
      if (source.isReaderOfMedia()) {
        Set<String> read = source.places(READ);
        read.removeIf(place -> value(place, constants) <= 0);
        read.forEach(place -> known.add("a reader reads at " + place));
        Matcher number = Pattern.compile("(?<![\\w.])(?:" + NUMBER + ")\\b").matcher(source.text());
        while (number.find()) {
          if (places.contains(Integer.decode(number.group()))) {
            known.add(source.name() + " knows the place " + number.group());
          }
        }
      }
    }
    assertEquals(List.of(), known, "let the format say where its fields are");
    assertTrue(places.containsAll(Set.of(440, 446, 510)), places.toString());
  }

  @Test
  void whatThePatternsSee() {
    Source source =
        new Source(
            "iso-builder",
            "image/x",
            "X",
            bare(
                """
                private static final int SIZE = 0x10;
                  w.at(16).le32(8); // Field r.le32(99)
                  w.at(SIZE);
                  w.u8(17).le32(5);
                  r.bytes(0x2A, 4);
                  r.le32(Placement.SIZE);
                  r.le32(SIZE);
                  r.le32(16 + at);
                  "r.le32(98)";
                """));
    assertEquals(Map.of("X.SIZE", 16), source.constants());
    assertEquals(Set.of("X#16", "X.SIZE"), source.places(WRITTEN));
    assertEquals(Set.of("X#0x2A", "Placement.SIZE", "X.SIZE"), source.places(READ));
  }

  private static Set<String> places(String room, Pattern pattern) {
    return sources.stream()
        .filter(source -> source.room().equals(room))
        .flatMap(source -> source.places(pattern).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Integer> constants() {
    Map<String, Integer> all = new TreeMap<>();
    sources.forEach(source -> all.putAll(source.constants()));
    return all;
  }

  private static boolean isNumber(String place) {
    return place.contains("#");
  }

  private static String type(String place) {
    return place.replaceFirst("[.#].*", "");
  }

  /** The number of a place; -1 for one that follows from others. */
  private static int value(String place, Map<String, Integer> constants) {
    return isNumber(place)
        ? Integer.decode(place.replaceFirst(".*#", ""))
        : constants.getOrDefault(place, -1);
  }
}
