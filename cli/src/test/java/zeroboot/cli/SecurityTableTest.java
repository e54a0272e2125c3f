package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every attack in {@code docs/security.md} names a test that is there. */
class SecurityTableTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+) \\| (.+) \\| (.+) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Path ROOT = Path.of("..");

  @Test
  void everyAttackHasATest() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/security.md"));
    String table = guide.substring(guide.indexOf("## Attacks"));
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    int rows = 0;
    for (MatchResult row : ROW.matcher(table).results().skip(1).toList()) {
      List<MatchResult> tests = TEST.matcher(row.group(3)).results().toList();
      if (tests.isEmpty()) {
        missing.add(row.group(1) + ": no test");
      }
      for (MatchResult test : tests) {
        if (!holds(sources.getOrDefault(test.group(1), ""), test.group(2))) {
          missing.add(row.group(1) + ": " + test.group());
        }
      }
      rows++;
    }
    assertEquals(List.of(), missing);
    assertTrue(rows > 15, rows + " rows");
  }

  private static boolean holds(String source, String method) {
    // Package-private, without a value: no helper of these tests is.
    return Pattern.compile("(?m)^  void " + method + "\\(").matcher(source).find();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
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
    return sources;
  }
}
