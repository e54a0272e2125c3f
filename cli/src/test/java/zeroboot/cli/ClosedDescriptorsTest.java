package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;

/**
 * Standard input, output and error that are closed, as a launcher passes them on and as Java
 * without one finds them. {@code tools/test-launcher} tests the launchers.
 */
class ClosedDescriptorsTest {
  private static final int SIZE = 2 << 20;

  @TempDir private Path folder;

  @Test
  void nothingIsWrittenFromAClosedInput() throws IOException {
    Path target = Files.write(folder.resolve("target"), new byte[SIZE]);
    for (String closed : new String[] {"<&-", "0>/dev/null"}) {
      for (String words : new String[] {"write --any-image --yes-erase=target -", "inspect -"}) {
        String[] command = (words + " " + (words.startsWith("w") ? target : "")).split(" ", -1);
        ForeignTool.Result run = run(closed + " 2>&1", strip(command));
        assertEquals(1, run.exitCode(), run.output());
        assertEquals(
            "zboot: standard input: is closed; connect it to what shall be read, or name a file\n",
            run.output());
      }
    }
    assertArrayEquals(new byte[SIZE], Files.readAllBytes(target));
  }

  @Test
  void aResultThatGoesNowhereIsAnError() {
    for (String words :
        new String[] {"iso --farm-id 1 -o -", "script --farm-id 1", "--version", "iso --help"}) {
      for (String closed : new String[] {">&-", "1</dev/null"}) {
        ForeignTool.Result run = run("2>&1 " + closed, words.split(" ", -1));
        assertEquals(1, run.exitCode(), words + closed + run.output());
        assertTrue(run.output().contains("zboot: standard output: is closed; "), run.output());
      }
    }
    ForeignTool.Result full = run("2>&1 >/dev/full", "devices", "--json");
    assertEquals(1, full.exitCode(), full.output());
    assertTrue(full.output().contains("standard output: could not be written"), full.output());
  }

  /** What a command does without it, it does. */
  @Test
  void whoNeedsNoneOfThemNoticesNothing() {
    Path made = folder.resolve("node.iso");
    ForeignTool.Result run = run("<&- >&- 2>&-", "iso", "--farm-id", "1", "-o", made.toString());
    assertEquals(0, run.exitCode(), run.output());
    assertTrue(Files.exists(made));
    run = run("2>&-", "iso", "--farm-id", "0");
    assertEquals(3, run.exitCode(), run.output());
    assertEquals("", run.output());
  }

  private static String[] strip(String... words) {
    return List.of(words).stream().filter(word -> !word.isEmpty()).toArray(String[]::new);
  }

  private static ForeignTool.Result run(String redirections, String... words) {
    List<String> command = new ArrayList<>(List.of("-c", "exec \"$@\" " + redirections, "sh"));
    command.addAll(ZbootProcess.command(words));
    return ForeignTool.require("sh").run(command.toArray(String[]::new));
  }
}
