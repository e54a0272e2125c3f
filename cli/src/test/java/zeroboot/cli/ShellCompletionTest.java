package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.testing.ForeignTool;

/**
 * What bash, zsh and fish offer when somebody presses Tab. They find a {@code zboot} that knows one
 * stick, one core and the nodes of one profile; what the real one tells them is tested apart.
 */
class ShellCompletionTest {
  private static final String ZBOOT =
      """
      #!/bin/bash
      case "$1 $2 $3" in
        "completion device "*) printf '/dev/sdx\\t15.5 GB USB Ultra\\n/dev/disk/by-id/usb-0:0\\t15.5 GB USB\\n' ;;
        "completion serial "*) printf '4C53\\t/dev/sdx\\n9.9 MB x\\t/dev/sdy\\n' ;;
        "completion core "*) printf '1.21.1+git\\tiPXE\\n' ;;
        "completion node my farm.yaml") printf 'node-01\\tMAC 00:00:5e:00:53:01\\nnode-02\\tMAC\\n' ;;
      esac
      """;

  @TempDir private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Path program = Files.writeString(folder.resolve("zboot"), ZBOOT);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("my farm.yaml"), "");
    Files.createDirectory(folder.resolve("images"));
  }

  private static Arguments offers(String typed, String... offered) {
    return Arguments.of(typed, List.of(offered));
  }

  /** What is typed, and all that is offered. */
  static Stream<Arguments> words() {
    return Stream.of(
        offers("zboot i", "iso", "inspect"),
        offers("zboot keys ", "new", "revoke", "show"),
        offers("zboot --debug core l", "list"),
        offers("zboot iso --firm", "--firmware"),
        offers("zboot iso --no-zos-debug-", "--no-zos-debug-vm"),
        offers("zboot iso --network ", "main", "test", "qa", "dev"),
        offers("zboot iso --network=m", "main"),
        offers("zboot iso --network test --farm-id 1 --on-failure s", "shell"),
        offers("zboot netboot --zos-version v3", "v3", "v3light"),
        offers("zboot usb --firmware u", "uefi"),
        offers("zboot usb --console ttyS0", "ttyS0,115200n8"),
        offers("zboot keys new --bits 4", "4096"),
        offers("zboot batch --form u", "usb", "usb-gpt"),
        offers("zboot batch --form usb,i", "usb,iso"),
        offers("zboot iso --core 1", "1.21.1+git"),
        offers("zboot core show 1", "1.21.1+git"),
        offers("zboot write image /dev/s", "/dev/sdx"),
        offers("zboot write image /dev/disk/by-id/usb-0:", "/dev/disk/by-id/usb-0:0"),
        offers("zboot write --yes-erase 4", "4C53"),
        offers("zboot completion ", "bash", "zsh", "fish"),
        offers("zboot iso --color n", "never"),
        offers("zboot iso --farm-id 4"));
  }

  @ParameterizedTest
  @MethodSource("words")
  void bash(String typed, List<String> offered) throws IOException {
    assertEquals(new TreeSet<>(offered), new TreeSet<>(bashOffers(typed)));
  }

  @Test
  void bashLeavesFilesToItself() throws IOException {
    assertEquals(List.of("compopt -o default"), bashOffers("zboot inspect my"));
    assertEquals(List.of("compopt -o default"), bashOffers("zboot iso --config=my"));
    assertEquals(List.of("compopt -o dirnames"), bashOffers("zboot batch my --output i"));
    assertEquals(
        List.of("node-01", "node-02"), bashOffers("zboot usb --config my\\ farm.yaml --node "));
    assertEquals(List.of("node-02"), bashOffers("zboot batch 'my farm.yaml' --node=node-02"));
  }

  @Test
  void bashAtATerminal() {
    try (Tmux terminal = new Tmux(folder, 100, 20)) {
      writeScript("bash");
      terminal.start("env PATH=.:" + System.getenv("PATH") + " PS1='> ' bash --norc -i");
      terminal.await("> ");
      terminal.text("source <(cat completion)\n");
      terminal.text("zboot inspect my\t");
      terminal.await("zboot inspect my\\ farm.yaml");
      terminal.keys("C-u");
      terminal.text("zboot write image /dev/disk\t");
      terminal.await("zboot write image /dev/disk/by-id/usb-0:0");
      terminal.keys("C-u");
      terminal.text("zboot batch --output=im\t");
      terminal.await("zboot batch --output=images/");
      terminal.keys("C-u");
      terminal.text("zboot usb --config=my\t --node node-02\t-o x");
      terminal.await("zboot usb --config=my\\ farm.yaml  --node node-02 -o x");
    }
  }

  @ParameterizedTest
  @MethodSource("words")
  void fish(String typed, List<String> offered) throws IOException {
    String line = typed.replace("'", "\\'");
    List<String> found = new ArrayList<>();
    String prefix = typed.contains("=") ? typed.replaceAll(".* |=.*", "") + "=" : "";
    for (String each : fishOffers(line)) {
      found.add(each.replaceAll("\t.*", "").replaceFirst("^\\Q" + prefix + "\\E", ""));
    }
    assertEquals(new TreeSet<>(offered), new TreeSet<>(found));
  }

  @Test
  void fishSaysWhatThingsAre() throws IOException {
    assertTrue(fishOffers("zboot write image /dev/s").contains("/dev/sdx\t15.5 GB USB Ultra"));
    assertTrue(
        fishOffers("zboot insp")
            .contains(
                "inspect\tShows what an image or a stick really runs, out of its boot codes"));
    assertTrue(fishOffers("zboot inspect my").contains("my farm.yaml"));
    assertTrue(fishOffers("zboot usb --config my").contains("my farm.yaml"));
    assertTrue(fishOffers("zboot batch -o im").toString().contains("images/"));
    assertEquals(
        List.of("node-01\tMAC 00:00:5e:00:53:01", "node-02\tMAC"),
        fishOffers("zboot usb --config 'my farm.yaml' --node "));
  }

  /** One session for all: starting zsh's completion takes a while. */
  @Test
  void zsh() throws IOException {
    ForeignTool.require("zsh");
    Files.writeString(folder.resolve("_zboot"), script("zsh"));
    Files.writeString(
        folder.resolve(".zshrc"),
        """
        PS1='> '
        fpath=('FOLDER' $fpath)
        autoload -U compinit
        compinit -D -u
        """
            .replace("FOLDER", folder.toString()));
    try (Tmux terminal = new Tmux(folder, 100, 40)) {
      terminal.start(
          "env PATH=.:"
              + System.getenv("PATH")
              + " ZDOTDIR="
              + folder
              + " zsh -o NO_GLOBAL_RCS -i");
      terminal.await("> ");
      // One candidate is typed out; of several the list is shown.
      Map<String, String> completed =
          Map.ofEntries(
              Map.entry("zboot insp\t", "zboot inspect "),
              Map.entry("zboot keys n\t", "zboot keys new "),
              Map.entry("zboot iso --firmw\tb\t", "zboot iso --firmware=b"),
              Map.entry("zboot iso --network te\t", "zboot iso --network test "),
              Map.entry(
                  "zboot netboot --zos-version v3l\t", "zboot netboot --zos-version v3light "),
              Map.entry("zboot batch --form usb,is\t", "zboot batch --form usb,iso,"),
              Map.entry("zboot usb --core 1\t", "zboot usb --core 1.21.1+git "),
              Map.entry("zboot write image /dev/sd\t", "zboot write image /dev/sdx "),
              Map.entry("zboot inspect my\t", "zboot inspect my\\ farm.yaml "),
              Map.entry("zboot batch -o im\t", "zboot batch -o images/"),
              Map.entry("zboot completion f\t", "zboot completion fish "),
              Map.entry(
                  "zboot usb --config my\\ farm.yaml --node node-02\t",
                  "zboot usb --config my\\ farm.yaml --node node-02 "));
      for (Map.Entry<String, String> each : completed.entrySet()) {
        terminal.text(each.getKey());
        terminal.text("@");
        terminal.await("> " + each.getValue() + "@");
        terminal.keys("C-u");
        terminal.keys("C-l");
      }
      // The first tab types what the candidates have in common, the second lists them.
      terminal.text("zboot write image \t");
      terminal.await("> zboot write image /dev/");
      terminal.text("\t");
      terminal.await("15.5 GB USB Ultra");
      terminal.keys("C-u");
      terminal.text("zboot iso --network \t");
      terminal.await("qa ");
    }
  }

  @Test
  void whatTheRealOneTells() throws IOException {
    Path rack = folder.resolve("farm.yaml");
    Files.writeString(
        rack, "farm-id: 1\nnodes:\n- {name: a, mac: '00:00:5e:00:53:01'}\n- {name: b}\n");
    CliRun nodes = CliRun.of("completion", "node", rack.toString());
    assertEquals("a\tMAC 00:00:5e:00:53:01\nb\twithout a MAC\n", nodes.text());
    CliRun cores = CliRun.of("completion", "core");
    assertTrue(cores.text().startsWith("1.21.1+git"), cores.text());
    CliRun devices = CliRun.of("completion", "device");
    assertEquals(0, devices.exitCode(), devices.err());
    for (String line : devices.text().lines().toList()) {
      assertTrue(line.matches("/dev/\\S+\t.+"), line);
    }
    assertEquals(2, CliRun.of("completion", "csh").exitCode());
    assertEquals(2, CliRun.of("completion").exitCode());
  }

  @Test
  void allAtOnce() throws IOException {
    Path into = folder.resolve("scripts");
    assertEquals(0, CliRun.of("completion", "-o", into.toString()).exitCode());
    assertEquals(script("bash"), Files.readString(into.resolve("zboot")));
    assertEquals(script("zsh"), Files.readString(into.resolve("_zboot")));
    assertEquals(script("fish"), Files.readString(into.resolve("zboot.fish")));
    assertEquals(4, CliRun.of("completion", "-o", into.toString()).exitCode());
    ForeignTool.require("shellcheck").run("-s", "bash", into.resolve("zboot").toString()).ok();
  }

  private void writeScript(String shell) {
    try {
      Files.writeString(folder.resolve("completion"), script(shell));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String script(String shell) {
    CliRun run = CliRun.of("completion", shell);
    assertEquals(0, run.exitCode(), run.err());
    return run.text();
  }

  private List<String> fishOffers(String typed) throws IOException {
    writeScript("fish");
    String home = folder.toString();
    String command = "cd $HOME; source completion; complete -C '" + typed.replace("'", "\\'") + "'";
    String path = folder + ":" + System.getenv("PATH");
    return ForeignTool.require("fish")
        .run(Map.of("HOME", home, "PATH", path), "--no-config", "-c", command)
        .ok()
        .lines()
        .toList();
  }

  /** The words that bash hands to a completion function, with its breaks at colons and equals. */
  private List<String> bashOffers(String typed) throws IOException {
    writeScript("bash");
    List<String> words = new ArrayList<>();
    for (String word : typed.split("(?<!\\\\) (?=(?:[^']*'[^']*')*[^']*$)", -1)) {
      List<String> parts = Arrays.asList(word.split("(?<=[:=])|(?=[:=])", -1));
      words.addAll(parts);
    }
    StringBuilder script = new StringBuilder("source completion\ncompopt() { echo compopt $*; }\n");
    script.append("COMP_WORDS=(");
    words.forEach(word -> script.append(" '").append(word.replace("'", "'\\''")).append('\''));
    script.append(")\nCOMP_LINE='").append(typed.replace("'", "'\\''")).append("'\n");
    script.append("COMP_CWORD=").append(words.size() - 1).append("\n_zboot zboot\n");
    script.append("for reply in \"${COMPREPLY[@]}\"; do printf '%s\\n' \"$reply\"; done\n");
    Files.writeString(folder.resolve("harness"), script);
    String path = folder + ":" + System.getenv("PATH");
    String before = typed.matches(".*/dev/disk/by-id/usb-0:$") ? "/dev/disk/by-id/usb-0:" : "";
    return ForeignTool.require("bash")
        .run(Map.of("PATH", path), "-c", "cd '" + folder + "' && source harness")
        .ok()
        .lines()
        .filter(line -> !line.equals("compopt -o nospace"))
        .map(line -> line.startsWith("compopt -o d") && !typed.matches(".*(my|i)$") ? "" : line)
        .filter(line -> !line.isEmpty())
        .map(line -> before + line)
        .toList();
  }
}
