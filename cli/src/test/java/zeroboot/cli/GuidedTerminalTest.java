package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zboot} alone, at a real terminal of 80 by 24. */
class GuidedTerminalTest {
  @TempDir private Path folder;
  private Tmux terminal;

  @BeforeEach
  void start() {
    terminal = new Tmux(folder, 80, 24);
  }

  @AfterEach
  void stop() {
    terminal.close();
  }

  @Test
  void fromTheFarmIdToAFile() throws IOException {
    terminal.type(Tmux.zboot(""));
    answer("Farm ID: ", "424");
    answer("Is 424 your farm [yes]: ", "no");
    answer("Farm ID: ", "4242");
    terminal.await("  #   #  #####  #   #  #####");
    answer("Is 4242 your farm [yes]: ", "");
    answer("qa or dev [main]: ", "");
    answer("network card [no]: ", "");
    answer("file, again [file]: ", "file");
    answer("File [zboot-farm4242-main.iso]: ", "");
    terminal.await("SHA-256 ");
    terminal.await("The same in one line:");
    terminal.await("  zboot iso --farm-id 4242");
    terminal.await("exit 0");
    byte[] made = Files.readAllBytes(folder.resolve("zboot-farm4242-main.iso"));
    assertArrayEquals(CliRun.of("iso", "--farm-id", "4242", "-o", "-").out(), made);
  }

  @Test
  void controlCLeavesNothingBehind() throws IOException {
    terminal.type(Tmux.zboot(""));
    answer("Farm ID: ", "4242");
    terminal.await("your farm [yes]: ");
    terminal.keys("C-c");
    terminal.await("zboot: stopped; nothing was written");
    terminal.await("exit 130");
    assertFalse(Files.exists(folder.resolve("zboot-farm4242-main.iso")));
  }

  @Test
  void controlDLeavesNothingBehind() throws IOException {
    terminal.type(Tmux.zboot(""));
    terminal.await("Farm ID: ");
    terminal.keys("C-d");
    terminal.await("zboot: stopped; nothing was written");
    terminal.await("exit 130");
  }

  /** Nobody is asked where nobody can answer. */
  @Test
  void withoutATerminal() throws IOException {
    terminal.type(Tmux.zboot("") + " </dev/null");
    terminal.await("see zboot --help");
    terminal.await("exit 2");
    assertEquals(2, CliRun.of().exitCode());
  }

  /** A terminal gets colours, unless it or its user does not want them. */
  @Test
  void colours() throws IOException {
    terminal.type(
        Tmux.zboot("iso")
            + "; NO_COLOR=1 "
            + Tmux.zboot("usb")
            + "; "
            + Tmux.zboot("efi --color never"));
    terminal.await("exit 2");
    String escapes = terminal.escapes();
    assertEquals(1, escapes.split("zboot:\u001b", -1).length - 1, escapes);
  }

  private void answer(String question, String answer) {
    terminal.await(question);
    terminal.keys(answer, "Enter");
  }
}
