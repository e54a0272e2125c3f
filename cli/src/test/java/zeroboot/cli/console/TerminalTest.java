package zeroboot.cli.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.cli.Tmux;
import zeroboot.testing.ForeignTool;
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

  /** Each question in its turn: what the image is, and what is on the stick. */
  @Test
  void theRightAnswers() throws Exception {
    terminal.type(Tmux.zboot("write --fixed-disk " + image + " " + loop.path()));
    terminal.await("is not a boot medium that zboot knows. Write it all the same? (yes or no");
    terminal.keys("maybe", "Enter");
    terminal.await("Type yes or no. Once more.");
    terminal.keys("y", "Enter");
    terminal.await("Image   " + image.toString().substring(0, 20));
    terminal.await("Erases  " + loop.path() + ", 67.1 MB loop");
    terminal.await("Everything on " + loop.path() + " will be lost:");
    terminal.await("  it holds nothing recognised");
    terminal.await("To erase it, type its size and name (? explains):\n  " + words());
    terminal.keys("?", "Enter");
    terminal.await("blanks do not matter");
    terminal.text(" 67.1mb " + loop.path().getFileName().toString().toUpperCase(Locale.ROOT));
    terminal.keys("Enter");
    terminal.await(loop.path() + ": 40,000,000 bytes written, read back and equal");
    terminal.await("exit 0");
    assertFalse(
        terminal.screen().contains(": writing"), "the moving line is gone:\n" + terminal.screen());
    assertArrayEquals(
        Files.readAllBytes(image), Arrays.copyOf(Files.readAllBytes(loop.file()), 40_000_000));
  }

  @Test
  void threeWrongAnswers() throws Exception {
    terminal.type(Tmux.zboot("write --any-image --fixed-disk " + image + " " + loop.path()));
    terminal.await("To erase it, type");
    terminal.keys("yes", "Enter");
    terminal.await("That is not its size and name. Once more.");
    terminal.keys("Enter");
    terminal.await("That is not its size and name. Last try.");
    terminal.keys("loop", "Enter");
    terminal.await("the answer does not name it, and nothing was changed");
    terminal.await("exit 4");
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C-d", "C-c"})
  void stopsAtTheQuestion(String key) throws Exception {
    terminal.type(Tmux.zboot("write --any-image --fixed-disk " + image + " " + loop.path()));
    terminal.await("To erase it, type");
    terminal.keys(key);
    terminal.await("zboot: stopped; nothing was written");
    terminal.await("exit 130");
    assertUntouched();
  }

  @Test
  void saysNoToAForeignImage() throws Exception {
    terminal.type(Tmux.zboot("write --fixed-disk " + image + " " + loop.path()));
    terminal.await("Write it all the same?");
    terminal.keys("no", "Enter");
    terminal.await("nothing was changed; name another image, or add --any-image");
    terminal.await("exit 4");
    assertUntouched();
  }

  @Test
  void theWordsAreBoldAndOnALineOfTheirOwn() throws Exception {
    terminal.close();
    terminal = new Tmux(folder, 60, 40);
    terminal.type(Tmux.zboot("write --farm-id 4242 --fixed-disk " + loop.path()));
    terminal.await("To erase it, type");
    assertTrue(terminal.screen().lines().anyMatch(("  " + words())::equals), terminal.screen());
    assertTrue(terminal.escapes().contains("\033[1m" + words()), terminal.escapes());
    terminal.keys("C-d");
    terminal.await("exit 130");
  }

  @Test
  void aMountedStick() throws Exception {
    Path point = Files.createDirectory(folder.resolve("stick"));
    ForeignTool.require("mkfs.ext4").run("-q", "-F", loop.path().toString()).ok();
    ForeignTool.require("mount").run(loop.path().toString(), point.toString()).ok();
    boolean isMounted = true;
    try {
      String command = Tmux.zboot("write --farm-id 4242 --fixed-disk " + loop.path());
      terminal.type(command + "; " + command);
      terminal.await("is mounted at " + point + " (" + loop.path() + "). Unmount it?");
      terminal.keys("n", "Enter");
      terminal.await("unmount it first, or add --unmount");
      terminal.await("Unmount it? (yes or no, ? explains)\n>");
      terminal.keys("?", "Enter");
      terminal.await("files on it may be open");
      terminal.keys("yes", "Enter");
      terminal.await("  it holds ext2/3/4");
      terminal.text(words());
      terminal.keys("Enter");
      terminal.await("read back and equal");
      terminal.await("exit 0");
      isMounted = false;
    } finally {
      if (isMounted) {
        ForeignTool.require("umount").run(point.toString());
      }
    }
  }

  /** Whoever may write to the file's folder would have a disk overwritten. */
  @Test
  void aFileThatBecomesALinkWhileOneIsAsked() throws Exception {
    Path file = Files.write(folder.resolve("disk.img"), new byte[2 << 20]);
    terminal.type(Tmux.zboot("write --farm-id 4242 " + file));
    terminal.await("To erase it, type the file's name");
    Files.delete(file);
    Files.createSymbolicLink(file, loop.path());
    terminal.text("Disk.IMG");
    terminal.keys("Enter");
    terminal.await("is not the device any more that you were asked about");
    terminal.await("exit 4");
    assertUntouched();
  }

  private String words() {
    return loop.challenge("67.1 MB");
  }

  private void assertUntouched() throws IOException {
    assertArrayEquals(new byte[SIZE], Files.readAllBytes(loop.file()));
  }

  @Test
  void progressAndControlC() throws Exception {
    String slow = "(cat " + image + "; sleep 600) | ";
    terminal.type(slow + Tmux.zboot("write --any-image --fixed-disk - " + loop.path()));
    terminal.await("To erase it, type");
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
    String words = " --fixed-disk " + image + " " + loop.path();
    terminal.type(
        "setsid --wait "
            + Tmux.zboot("write" + words)
            + "; setsid --wait "
            + Tmux.zboot("write --any-image" + words));
    terminal.await("is not a boot medium that zboot knows; name another image, or add --any-image");
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
