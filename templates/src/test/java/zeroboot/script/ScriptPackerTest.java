package zeroboot.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What images carry of the parts of the script. */
final class ScriptPackerTest {
  @Test
  void onlyWhatIpxeReadsIsKept() {
    String parts = "#!ipxe\n# a comment\n\n  :start\n    echo # is said\n\t goto start\n";
    assertEquals("#!ipxe\n:a\necho # is said\ngoto a\n", ScriptPacker.packed(parts));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBuildHasPackedBothScripts(boolean rack) {
    List<String> lines = ScriptTemplate.text(rack).lines().toList();
    assertEquals("#!ipxe", lines.get(0));
    assertEquals(rack, lines.stream().anyMatch(line -> line.contains("@{nodes}")));
    for (String line : lines.subList(1, lines.size())) {
      assertTrue(!line.isEmpty() && !line.startsWith("#") && line.equals(line.strip()), line);
    }
  }

  @Test
  void aValueIsNotLookedAtAgain() {
    assertEquals(
        "a @{b}\n# c d\n",
        ScriptTemplate.fill("a @{a}d\n", Map.of("a", "@{b}\n# c ", "b", "never")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@{other}", "x @{", "@{}"})
  void aPlaceWithoutAValueIsAFault(String template) {
    assertThrows(
        IllegalStateException.class, () -> ScriptTemplate.fill(template, Map.of("a", "b")));
  }
}
