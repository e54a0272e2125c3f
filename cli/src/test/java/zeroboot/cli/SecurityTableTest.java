package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every attack in {@code docs/security.md} names a test that is there, and says when it runs. */
class SecurityTableTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+) \\| (.+) \\| (.+) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`( \\(long\\))?");
  private static final Path ROOT = Path.of("..");

  @Test
  void everyAttackHasATest() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/security.md"));
    String table = guide.substring(guide.indexOf("## Attacks"));
    TestSources tests = TestSources.read(ROOT);
    List<String> missing = new ArrayList<>();
    int rows = 0;
    for (MatchResult row : ROW.matcher(table).results().skip(1).toList()) {
      List<MatchResult> named = TEST.matcher(row.group(3)).results().toList();
      if (named.isEmpty()) {
        missing.add(row.group(1) + ": no test");
      }
      for (MatchResult test : named) {
        if (!tests.have(test.group(1), test.group(2))) {
          missing.add(row.group(1) + ": " + test.group());
        }
        if (tests.isLong(test.group(1), test.group(2)) != (test.group(3) != null)) {
          missing.add(row.group(1) + ": " + test.group() + " is in the other of the two");
        }
      }
      rows++;
    }
    assertEquals(List.of(), missing);
    assertTrue(rows > 15, rows + " rows");
  }
}
