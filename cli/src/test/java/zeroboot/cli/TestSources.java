package zeroboot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests of all modules, for tables that name some of them. */
record TestSources(Map<String, String> sources) {
  static TestSources read(Path root) throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
              sources.put(
                  file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
          }
        }
      }
    }
    return new TestSources(sources);
  }

  /** Whether a test class has a test of this name. */
  boolean have(String type, String method) {
    // Package-private, without a value: no helper of these tests is.
    return Pattern.compile("(?m)^  void " + method + "\\(")
        .matcher(sources.getOrDefault(type, ""))
        .find();
  }

  /** Whether that one, or all of its class, is left to {@code tools/long-boots}. */
  boolean isLong(String type, String method) {
    String rest = "(?:  @.*\\n|      .*\\n|  \\}\\)\\n)*";
    return Pattern.compile(
            "(?m)^@Tag\\(\"long\"\\)$|^  @Tag\\(\"long\"\\)\\n" + rest + "  void " + method + "\\(")
        .matcher(sources.getOrDefault(type, ""))
        .find();
  }
}
