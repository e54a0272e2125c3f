package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    answer("make a file [", "file");
    answer("Farm ID: ", "424");
    answer("Is 424 your farm [yes]: ", "no");
    answer("Farm ID [424]: ", "4,242");
    terminal.await("  #   #  #####  #   #  #####");
    answer("Is 4242 your farm [yes]: ", "");
    answer("qa or dev [main]: ", "");
    answer("network card [no]: ", "");
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
    answer("make a file [", "file");
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
    answer("make a file [", "file");
    terminal.await("Farm ID: ");
    terminal.keys("C-d");
    terminal.await("zboot: stopped; nothing was written");
    terminal.await("exit 130");
  }

  /** A fixed address, with a slip and a way back; what is printed makes the same when pasted. */
  @Test
  void aFixedAddressAndTheLineThatIsPasted() throws IOException {
    Files.createDirectory(folder.resolve("my images"));
    terminal.type(Tmux.zboot("") + "; bash");
    answer("make a file [", "file");
    answer("Farm ID: ", "7");
    answer("Is 7 your farm [yes]: ", "");
    answer("qa or dev [main]: ", "test");
    answer("network card [no]: ", "yes");
    answer("4094 [none]: ", "");
    answer("MAC address [auto]: ", "");
    answer("10/24 [dhcp]: ", "198.51.100.9/24");
    answer("(the router) [198.51.100.1]: ", "<");
    answer("10/24 [198.51.100.9/24]: ", "192.0.2.9/24");
    answer("(the router) [192.0.2.1]: ", "198.51.100.1");
    terminal.await("is outside the node's network 192.0.2.9/24");
    answer("(the router) [192.0.2.1]: ", "");
    answer("DNS server [192.0.2.1]: ", "192.0.2.1, 192.0.2.53");
    answer("File [zboot-farm7-test.iso]: ", "my images");
    terminal.await("The same in one line:");
    Path made = folder.resolve("my images/zboot-farm7-test.iso");
    assertTrue(Files.exists(made), terminal.screen());
    byte[] first = Files.readAllBytes(made);
    Files.delete(made);
    String said = terminal.screen().replaceFirst("(?s).*The same in one line:\n", "");
    assertTrue(said.contains("--gateway 192.0.2.1 --dns 192.0.2.1 --dns 192.0.2.53"), said);
    String command = said.replaceFirst("(?s)^ *zboot ([^\n]*).*", "$1");
    Process pasted =
        new ProcessBuilder("bash", "-c", Tmux.zboot("") + " " + command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String answer = new String(pasted.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertArrayEquals(first, Files.readAllBytes(made), command + "\n" + answer);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 200})
  void linesBreakBetweenWords(int columns) throws IOException {
    terminal.close();
    terminal = new Tmux(folder, columns, 60);
    terminal.type(Tmux.zboot("") + "; " + Tmux.zboot("iso --farm-id 4,242x"));
    answer("make a file [", "?");
    answer("make a file [", "file");
    answer("Farm ID: ", "?");
    terminal.await("somebody else's farm.");
    terminal.keys("C-d");
    terminal.await("exit 3");
    List<String> lines = terminal.lines();
    String all = String.join(" ", lines);
    for (String sentence :
        List.of(
            "< goes back a question, Ctrl-C ends it.",
            "makes an image file, to be written with any program, burnt to a CD or given",
            "A node with a wrong number joins somebody else's farm.",
            "a farm ID is a whole number from 1 to 4294967295; the dashboard shows")) {
      assertTrue(all.replaceAll(" +", " ").contains(sentence), sentence + "\n" + all);
    }
    boolean isWide = lines.stream().anyMatch(line -> line.length() > columns * 3 / 5);
    assertTrue(isWide, String.join("\n", lines));
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
