package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.LoopDevice;

/** What a person at a terminal sees and types. */
class TerminalTest {
  private static final int SIZE = 64 << 20;

  @TempDir private Path folder;
  private Tmux terminal;
  private Path image;
  private LoopDevice loop;

  @BeforeEach
  void start() throws IOException {
    loop = LoopDevice.create(folder, SIZE);
    terminal = new Tmux(folder, 100, 40);
    byte[] bytes = new byte[40_000_000];
    new Random(1).nextBytes(bytes);
    image = Files.write(folder.resolve("image"), bytes);
  }

  @AfterEach
  void stop() {
    terminal.close();
    loop.close();
  }

  @Test
  void theRightAnswer() throws Exception {
    terminal.type(Tmux.zboot("write --fixed-disk " + image + " " + loop.path()));
    terminal.await("Image   " + image.toString().substring(0, 20));
    terminal.await("Erases  " + loop.path() + ", 67.1 MB loop");
    terminal.await("To go on, type its size and name " + loop.challenge("67.1 MB"));
    terminal.keys(loop.challenge("67.1 MB"), "Enter");
    terminal.await(loop.path() + ": 40,000,000 bytes written, read back and equal");
    terminal.await("exit 0");
    assertFalse(
        terminal.screen().contains(": writing"), "the moving line is gone:\n" + terminal.screen());
    assertArrayEquals(
        Files.readAllBytes(image), Arrays.copyOf(Files.readAllBytes(loop.file()), 40_000_000));
  }

  @Test
  void aWrongAnswer() throws Exception {
    terminal.type(Tmux.zboot("write --fixed-disk " + image + " " + loop.path()));
    terminal.await("To go on, type");
    terminal.keys("yes", "Enter");
    terminal.await("the answer does not name it, and nothing was changed");
    terminal.await("exit 4");
    assertArrayEquals(new byte[SIZE], Files.readAllBytes(loop.file()));
  }

  @Test
  void progressAndControlC() throws Exception {
    String slow = "(cat " + image + "; sleep 600) | ";
    terminal.type(slow + Tmux.zboot("write --fixed-disk - " + loop.path()));
    terminal.await("To go on, type");
    terminal.keys(loop.challenge("67.1 MB"), "Enter");
    terminal.await(loop.path() + ": writing 3");
    terminal.await("MB/s");
    terminal.keys("C-c");
    terminal.await("stopped before the end; its first block is empty");
    terminal.await("exit 130");
    assertArrayEquals(
        new byte[4096], Arrays.copyOf(Files.readAllBytes(loop.file()), 4096), terminal.screen());
  }

  /** The question comes to the terminal, even where nothing else does. */
  @Test
  void withoutATerminalNobodyIsAsked() throws Exception {
    terminal.type("setsid --wait " + Tmux.zboot("write --fixed-disk " + image + " " + loop.path()));
    terminal.await("there is no terminal to ask on");
    terminal.await("exit 4");
  }

  @Test
  void passwordsAreAskedForAndNotShown() throws Exception {
    String keys = folder.resolve("keys").toString();
    Path made = folder.resolve("x.efi");
    terminal.type(
        Tmux.zboot("keys new --name Farm -o " + keys)
            + " && "
            + Tmux.zboot("efi --farm-id 1 --sign-key " + keys + "/sign.p12 -o " + made));
    terminal.await("New password for the keys:");
    terminal.keys("batterystaple", "Enter");
    terminal.await("The same again:");
    terminal.keys("batterystaple", "Enter");
    terminal.await("Password of " + keys.substring(0, 20));
    terminal.keys("batterystaple", "Enter");
    terminal.await("exit 0");
    assertFalse(terminal.screen().contains("battery"), terminal.screen());
    assertTrue(Files.exists(Path.of(made + ".sig")), terminal.screen());
  }
}
