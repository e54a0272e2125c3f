package zeroboot.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which class uses which, as the sources say: by an import, or by a name of the same package.
 *
 * @param classes the classes of the project, in full, and those that each uses
 */
record SourceMap(Map<String, Set<String>> classes) {
  /** What is no code: comments, texts, characters. */
  private static final Pattern TALK =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n"
              + "]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n"
              + "])*+\"|'(?:\\\\.|[^'\\\\\\n"
              + "])+'",
          Pattern.DOTALL);

  private static final Pattern IMPORT = Pattern.compile("import (?:static )?([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?<![\\w.])[A-Z]\\w*");

  /** Reads every module's main sources. */
  static SourceMap read(Path root) {
    Map<String, String> sources = new TreeMap<>();
    try {
      for (Path file : files(root)) {
        sources.put(name(file), code(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Set<String>> classes = new TreeMap<>();
    sources.forEach((name, code) -> classes.put(name, used(name, code, sources.keySet())));
    return new SourceMap(classes);
  }

  /** The source of each class of each module but of what tests share. */
  static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(SourceMap::isClass).toList();
    }
  }

  /** A source without its comments and texts. */
  static String code(Path file) throws IOException {
    return TALK.matcher(Files.readString(file)).replaceAll(" ");
  }

  /** The class that a source has. */
  static String name(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.replaceFirst(".*/src/main/java/", "")
        .replaceFirst("\\.java$", "")
        .replace('/', '.');
  }

  private static boolean isClass(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/main/java/zeroboot/")
        && path.endsWith(".java")
        && !path.contains("/test-support/")
        && !path.endsWith("-info.java");
  }

  private static Set<String> used(String name, String code, Set<String> all) {
    Map<String, String> known = new HashMap<>();
    for (String other : all) {
      if (room(other).equals(room(name))) {
        known.put(other.substring(room(other).length() + 1), other);
      }
    }
    for (MatchResult found : IMPORT.matcher(code).results().toList()) {
      // A class, one inside it, or a static name of it.
      String imported = found.group(1);
      while (!all.contains(imported) && imported.contains(".")) {
        imported = imported.substring(0, imported.lastIndexOf('.'));
      }
      if (all.contains(imported)) {
        known.put(found.group(1).replaceFirst(".*\\.", ""), imported);
      }
    }
    Set<String> used = new TreeSet<>();
    String body = IMPORT.matcher(code).replaceAll("");
    known.forEach(
        (word, full) -> {
          boolean isMember = Character.isLowerCase(word.charAt(0)) || word.matches("[A-Z0-9_]+");
          if (isMember) {
            used.add(full);
          }
        });
    TYPE.matcher(body)
        .results()
        .map(type -> known.get(type.group()))
        .filter(full -> full != null)
        .forEach(used::add);
    used.remove(name);
    return used;
  }

  /** The package of a class. */
  static String room(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The packages, and those that each uses. */
  Map<String, Set<String>> packages() {
    Map<String, Set<String>> packages = new TreeMap<>();
    classes.forEach(
        (name, uses) -> {
          Set<String> rooms = packages.computeIfAbsent(room(name), any -> new TreeSet<>());
          uses.stream().map(SourceMap::room).forEach(rooms::add);
          rooms.remove(room(name));
        });
    return packages;
  }

  /** The first class of one package that uses another, for a message. */
  String uses(String room, String used) {
    return classes.entrySet().stream()
        .filter(each -> room(each.getKey()).equals(room))
        .flatMap(
            each ->
                each.getValue().stream()
                    .filter(other -> room(other).equals(used))
                    .map(other -> each.getKey() + " -> " + other))
        .findFirst()
        .orElse("");
  }

  /** The largest sets of nodes that all reach each other, with more than one in them. */
  static List<Set<String>> circles(Map<String, Set<String>> graph) {
    Map<String, Set<String>> reached = new TreeMap<>();
    graph.keySet().forEach(node -> reached.put(node, reached(graph, node)));
    List<Set<String>> circles = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    reached.forEach(
        (node, others) -> {
          Set<String> circle = new TreeSet<>();
          for (String other : others) {
            if (reached.getOrDefault(other, Set.of()).contains(node)) {
              circle.add(other);
            }
          }
          if (circle.size() > 1 && seen.addAll(circle)) {
            circles.add(circle);
          }
        });
    return circles;
  }

  private static Set<String> reached(Map<String, Set<String>> graph, String from) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(graph.get(from));
    while (!next.isEmpty()) {
      String node = next.pop();
      if (reached.add(node)) {
        next.addAll(graph.getOrDefault(node, Set.of()));
      }
    }
    return reached;
  }
}
