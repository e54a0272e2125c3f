package zeroboot.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of a deployment stays within the terminal, and shows what matters. */
class DeployScreenTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:30Z");

  private static DeployNode.View view(int number, Step step, String detail, String trouble) {
    return new DeployNode.View(
        "node-" + number,
        "192.0.2." + number,
        step,
        detail,
        trouble,
        "",
        "",
        0,
        NOW.minusSeconds(number));
  }

  @Test
  void troubleComesFirstAndThenWhatIsUnderWay() {
    List<String> lines =
        DeployScreen.Table.lines(
            List.of(
                view(1, Step.DONE, "booted by 00:00:5e:00:53:01", ""),
                view(2, Step.WAITS, "", ""),
                view(3, Step.BOOTS, "once from Cd", ""),
                view(4, Step.FAILED, "", "it is broken")),
            NOW,
            120,
            24);
    assertEquals(
        "node-4  failed                                    4 s  it is broken", lines.get(0));
    assertTrue(lines.get(1).startsWith("node-3  boots"), lines.get(1));
    assertTrue(lines.get(2).startsWith("node-2  waits"), lines.get(2));
    assertTrue(lines.get(3).startsWith("node-1  done"), lines.get(3));
    assertEquals("1 of 4 done, 1 failed or left alone", lines.get(4));
    assertEquals(5, lines.size());
  }

  @Test
  void aRackFitsTheTerminal() {
    List<DeployNode.View> rack = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      rack.add(view(i, i % 3 == 0 ? Step.FAILED : Step.BOOTS, "x".repeat(300), ""));
    }
    List<String> lines = DeployScreen.Table.lines(rack, NOW, 80, 24);
    assertEquals(23, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
    assertTrue(lines.get(21).contains("failed"), "66 of them fill the table");
    assertEquals("0 of 200 done, 66 failed or left alone; not all are shown", lines.get(22));
  }
}
