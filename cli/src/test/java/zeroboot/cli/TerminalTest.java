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
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LoopDevice;

/** What a person at a terminal sees and types. */
class TerminalTest {
  private static final int SIZE = 64 << 20;
  private static final long PATIENCE = 180_000_000_000L;

  @TempDir private Path folder;
  private ForeignTool tmux;
  private Path image;
  private LoopDevice loop;

  @BeforeEach
  void start() throws IOException {
    loop = LoopDevice.create(folder, SIZE);
    tmux = ForeignTool.require("tmux");
    byte[] bytes = new byte[40_000_000];
    new Random(1).nextBytes(bytes);
    image = Files.write(folder.resolve("image"), bytes);
  }

  @AfterEach
  void stop() {
    tmux.run("-S", socket(), "kill-server");
    loop.close();
  }

  @Test
  void theRightAnswer() throws Exception {
    type(zboot("write --fixed-disk " + image + " " + loop.path()));
    await("Image   " + image.toString().substring(0, 20));
    await("Erases  " + loop.path() + ", 67.1 MB loop");
    await("To go on, type its size and name " + loop.challenge("67.1 MB"));
    keys(loop.challenge("67.1 MB"), "Enter");
    await(loop.path() + ": 40,000,000 bytes written, read back and equal");
    await("exit 0");
    assertFalse(screen().contains(": writing"), "the moving line is gone:\n" + screen());
    assertArrayEquals(
        Files.readAllBytes(image), Arrays.copyOf(Files.readAllBytes(loop.file()), 40_000_000));
  }

  @Test
  void aWrongAnswer() throws Exception {
    type(zboot("write --fixed-disk " + image + " " + loop.path()));
    await("To go on, type");
    keys("yes", "Enter");
    await("the answer does not name it, and nothing was changed");
    await("exit 4");
    assertArrayEquals(new byte[SIZE], Files.readAllBytes(loop.file()));
  }

  @Test
  void progressAndControlC() throws Exception {
    String slow = "(cat " + image + "; sleep 600) | ";
    type(slow + zboot("write --fixed-disk - " + loop.path()));
    await("To go on, type");
    keys(loop.challenge("67.1 MB"), "Enter");
    await(loop.path() + ": writing 3");
    await("MB/s");
    keys("C-c");
    await("stopped before the end; its first block is empty");
    await("exit 130");
    assertArrayEquals(
        new byte[4096], Arrays.copyOf(Files.readAllBytes(loop.file()), 4096), screen());
  }

  /** The question comes to the terminal, even where nothing else does. */
  @Test
  void withoutATerminalNobodyIsAsked() throws Exception {
    type("setsid --wait " + zboot("write --fixed-disk " + image + " " + loop.path()));
    await("there is no terminal to ask on");
    await("exit 4");
  }

  @Test
  void passwordsAreAskedForAndNotShown() throws Exception {
    String keys = folder.resolve("keys").toString();
    Path made = folder.resolve("x.efi");
    type(
        zboot("keys new --name Farm -o " + keys)
            + " && "
            + zboot("efi --farm-id 1 --sign-key " + keys + "/sign.p12 -o " + made));
    await("New password for the keys:");
    keys("batterystaple", "Enter");
    await("The same again:");
    keys("batterystaple", "Enter");
    await("Password of " + keys.substring(0, 20));
    keys("batterystaple", "Enter");
    await("exit 0");
    assertFalse(screen().contains("battery"), screen());
    assertTrue(Files.exists(Path.of(made + ".sig")), screen());
  }

  private String zboot(String words) {
    return String.join(" ", ZbootProcess.command(words.split(" ", -1)))
        .replace("-cp ", "-cp '")
        .replace(" zeroboot.cli.Main", "' zeroboot.cli.Main");
  }

  /** Starts a shell command in a terminal of its own; the exit code of its last part comes last. */
  private void type(String command) throws IOException {
    Path script = folder.resolve("script");
    Files.writeString(script, "trap : INT\n" + command + "\necho exit $?\nsleep 600\n");
    tmux.run(
            "-S",
            socket(),
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            "100",
            "-y",
            "40",
            "bash " + script)
        .ok();
  }

  private void keys(String... keys) {
    String[] words = new String[keys.length + 3];
    words[0] = "-S";
    words[1] = socket();
    words[2] = "send-keys";
    System.arraycopy(keys, 0, words, 3, keys.length);
    tmux.run(words).ok();
  }

  private String screen() {
    // Lines that the terminal has broken are joined again.
    return tmux.run("-S", socket(), "capture-pane", "-p", "-J").ok();
  }

  private void await(String text) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    while (!screen().contains(text)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no '" + text + "' on the screen:\n" + screen());
      }
      Thread.sleep(50);
    }
  }

  private String socket() {
    return folder.resolve("tmux").toString();
  }
}
