package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What to do next is said to a person at a terminal, and to nobody else. */
class NextStepsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 200})
  void afterAnImage(int columns) throws IOException {
    try (Tmux terminal = new Tmux(folder, columns, 50)) {
      terminal.type(Tmux.zboot("iso --farm-id 4242") + "; " + Tmux.zboot("lkrn --farm-id 4242"));
      terminal.await("Next:");
      terminal.await("zboot try zboot-farm4242-main.iso --until address");
      terminal.await("zboot write zboot-farm4242-main.iso /dev/sdX");
      terminal.await("server name it (zboot help netboot).");
      terminal.await("exit 0");
      List<String> lines = terminal.lines();
      assertTrue(lines.stream().noneMatch(line -> line.length() > columns), lines.toString());
      // A command stands on one line, even where there is no room for it beside what it does.
      for (String whole : List.of("--until address", "zboot-farm4242-main.iso /dev/sdX")) {
        assertTrue(
            lines.stream().anyMatch(line -> line.matches(" .* zboot .*" + whole)),
            String.join("\n", lines));
      }
    }
  }

  @Test
  void notForProgramsAndWhereQuietIsWanted() throws IOException {
    String iso = "iso --farm-id 1 --force -o x.iso";
    try (Tmux terminal = new Tmux(folder, 100, 60)) {
      terminal.type(
          String.join(
              "; ",
              Tmux.zboot(iso) + " 2>&1 | cat",
              Tmux.zboot(iso) + " 2>said",
              Tmux.zboot(iso + " --json") + " >receipt",
              Tmux.zboot("iso --farm-id 1 -o -") + " | wc -c",
              Tmux.zboot(iso + " --quiet")));
      terminal.await("exit 0");
      assertEquals(-1, terminal.screen().indexOf("Next:"), terminal.screen());
    }
  }
}
