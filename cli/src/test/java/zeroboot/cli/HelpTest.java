package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import zeroboot.cli.console.ExitCode;
import zeroboot.core.BundledCore;
import zeroboot.shell.HelpFooter;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SecondCore;

/** What {@code --help} shows: on one screen, and true. */
class HelpTest {
  private static final int ROWS = 24;
  private static final int COLUMNS = 80;

  /** What has to be there before the examples of a command. */
  private static final Map<String, String> BEFORE =
      Map.of(
          "zboot keys revoke",
          "cp core/ipxe.efi old.efi",
          "zboot write",
          "cp zboot-farm4242-main.img node.img; truncate -s 2M 4C530001",
          "zboot completion",
          "mkdir -p home/.local/share/bash-completion/completions"
              + " home/.config/fish/completions",
          "zboot verify",
          "zboot iso --farm-id 1 --sign-key keys/sign.p12 --secure-boot-key keys/db.p12"
              + " -o node.iso");

  @TempDir private Path folder;

  /** Every command, each before those below it. */
  static List<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    add(all, Zboot.tree());
    return all;
  }

  private static void add(List<CommandLine> all, CommandLine command) {
    all.add(command);
    command.getSubcommands().values().forEach(below -> add(all, below));
  }

  static Stream<String> names() {
    return commands().stream().map(command -> command.getCommandSpec().qualifiedName());
  }

  @ParameterizedTest
  @MethodSource("names")
  void fitsAScreen(String name) {
    for (int columns : new int[] {COLUMNS, 60, 200}) {
      String text = help(name, Map.of("COLUMNS", columns + ""));
      int longest = text.lines().mapToInt(String::length).max().orElse(0);
      assertTrue(longest <= columns, longest + " columns:\n" + text);
    }
    String text = help(name, Map.of());
    for (String word : text.split("\\s+", -1)) {
      assertFalse(word.matches("--[a-z-]*-"), "a name is broken in two: " + word + "\n" + text);
    }
    // The prompt behind it takes a line, too.
    assertTrue(text.lines().count() < ROWS, text.lines().count() + " lines:\n" + text);
    assertFalse(text.contains("\u001b"), text);
  }

  /** Two columns of names would not fit: those of one kind stand in one line. */
  @Test
  void everyCommandIsOnTheFirstScreen() {
    String text = help("zboot", Map.of());
    for (Subcommand command : Subcommand.values()) {
      String word = command.word();
      String row = "(?m)^  ([a-z]+, )*" + word + "(, [a-z]+)* .*";
      assertEquals(1, Pattern.compile(row).matcher(text).results().count(), word + "\n" + text);
    }
    assertTrue(text.lines().count() < ROWS - 2, "there is room for more commands:\n" + text);
  }

  @Test
  void namesStayWhole() {
    for (int columns : new int[] {COLUMNS, 60, 50, 200}) {
      Map<String, String> width = Map.of("COLUMNS", columns + "");
      assertTrue(help("zboot completion", width).contains(" zboot.fish."), "at " + columns);
      assertTrue(help("zboot sign", width).contains(" FILE.signed "), "at " + columns);
      assertTrue(help("zboot core import", width).contains(" ipxe.efi."), "at " + columns);
    }
  }

  @Test
  void whatIsRequiredStandsInTheFirstLine() {
    assertTrue(help("zboot iso", Map.of()).startsWith("Usage: zboot iso --farm-id=N [OPTIONS]\n"));
    assertTrue(
        help("zboot keys revoke", Map.of())
            .startsWith("Usage: zboot keys revoke --key=KEY --output=DIR [OPTIONS] FILE|-...\n"));
    assertTrue(help("zboot check", Map.of()).startsWith("Usage: zboot check [OPTIONS] [URL...]\n"));
    for (CommandLine command : commands()) {
      String name = command.getCommandSpec().qualifiedName();
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (option.required()) {
          String text = help(name, Map.of());
          String row = "(?ms)" + option.longestName() + "=.*?Required.*";
          assertTrue(Pattern.compile(row).matcher(text).find(), option.longestName() + "\n" + text);
        }
      }
    }
  }

  /** For who asks before, and for who asks behind. */
  @ParameterizedTest
  @MethodSource("names")
  void helpSaysTheSame(String name) {
    List<String> words = new ArrayList<>(List.of(name.split(" ", -1)));
    words.set(0, "help");
    CliRun run = CliRun.with(Map.of("COLUMNS", "70"), words.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(help(name, Map.of("COLUMNS", "70")), run.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense --help",
        "--help nonsense",
        "keys nonsense --help",
        "iso --adress --help",
        "iso --help 4242",
        "nonsense --version",
        "help nonsense",
        "help keys nonsense",
        "help iso nonsense"
      })
  void whatIsNotThereHasNoHelp(String line) {
    CliRun run = CliRun.of(line.split(" ", -1));
    assertEquals(2, run.exitCode(), line + run.text());
    assertEquals("", run.text());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCommandHasAnExample(String name) {
    CommandLine command =
        commands().stream()
            .filter(each -> each.getCommandSpec().qualifiedName().equals(name))
            .findAny()
            .orElseThrow();
    assertFalse(HelpFooter.examples(command.getCommandSpec()).isEmpty(), name);
  }

  @Test
  void coloursAreForTerminalsAndForWhoAsks() {
    assertFalse(help("zboot", Map.of("TERM", "xterm")).contains("\u001b"));
    assertTrue(help("zboot", Map.of("CLICOLOR_FORCE", "1")).contains("\u001b"));
    assertTrue(help("zboot --color=always", Map.of("NO_COLOR", "1")).contains("\u001b"));
    assertTrue(help("zboot iso --color always", Map.of()).contains("\u001b"));
    assertFalse(help("zboot", Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")).contains("\u001b"));
    CliRun wrong = CliRun.of("iso", "--color", "alwys");
    assertEquals(2, wrong.exitCode());
    assertTrue(wrong.err().contains("did you mean always?"), wrong.err());
    CliRun painted = CliRun.of("iso", "--color", "always");
    assertTrue(painted.err().startsWith("\u001b[1;31mzboot:\u001b[0m "), painted.err());
  }

  @Test
  void exitCodesAreTheSameEverywhere() throws IOException {
    String help = help("zboot", Map.of()).replaceAll("\\s+", " ");
    String guide = Files.readString(Path.of("..", "docs", "scripting.md"));
    String reference = Files.readString(Path.of("..", "docs", "reference.md"));
    ExitCode.MEANINGS.forEach(
        (code, meaning) -> {
          assertTrue(help.contains(" " + code + " " + meaning), help);
          assertTrue(guide.contains("| " + code + " | " + meaning + " |"), code);
          assertTrue(reference.contains("| " + code + " | " + meaning + " |"), code);
        });
  }

  /** Of writing: what it never ends with is left out, and all else means the same. */
  @Test
  void exitCodesOfWriting() throws IOException {
    Map<String, String> told = new LinkedHashMap<>();
    Pattern.compile("(?m)^\\| (\\d+) \\| ([^|]+?) \\|")
        .matcher(Files.readString(Path.of("..", "docs", "writing.md")))
        .results()
        .forEach(row -> told.put(row.group(1), row.group(2)));
    Map<String, String> expected = new LinkedHashMap<>(ExitCode.MEANINGS);
    expected.keySet().removeAll(Set.of(ExitCode.SIGNATURE + "", ExitCode.TRIAL + ""));
    assertEquals(expected, told);
  }

  @Test
  void everyJsonIsDescribed() {
    for (CommandLine command : commands()) {
      OptionSpec json = command.getCommandSpec().findOption("--json");
      List<String> path = List.of(command.getCommandSpec().qualifiedName().split(" ", -1));
      if (json != null && path.size() > 1) {
        String schema = JsonSchemas.name(path.subList(1, path.size())) + ".schema.json";
        assertTrue(Files.exists(JsonSchemas.FOLDER.resolve(schema)), schema);
      }
    }
  }

  /** Each once, in the order of the commands, in one folder. */
  @Test
  void theExamplesWork() throws IOException {
    for (String tool : new String[] {"bash", "flock", "man", "mandoc", "qemu-system-x86_64"}) {
      ForeignTool.require(tool);
    }
    List<Guide.Block> blocks = new ArrayList<>();
    blocks.add(
        block(
            "yaml",
            0,
            "# farm.yaml",
            "farm-id: 4242",
            "bmc:",
            "  user: operator",
            "  password-file: secret",
            "nodes:",
            "- name: node-01",
            "  mac: 00:00:5e:00:53:01", // RFC 7042 section 2.1.2
            "  bmc: 127.0.0.1:9"));
    Set<String> run = new LinkedHashSet<>();
    for (CommandLine command : commands()) {
      String before = BEFORE.get(command.getCommandSpec().qualifiedName());
      for (String example : HelpFooter.examples(command.getCommandSpec())) {
        if (run.add(example)) {
          String line = replaced(example);
          blocks.add(block("sh", blocks.size(), before == null ? "true" : before, line));
          before = null;
        }
      }
    }
    assertTrue(run.size() > 20, run.toString());
    try (GuideFolder place = new GuideFolder(folder)) {
      Path core = Files.createDirectory(folder.resolve("core"));
      Files.write(core.resolve("ipxe.lkrn"), BundledCore.load().lkrn());
      Files.write(core.resolve("ipxe.efi"), BundledCore.load().efi());
      place.run(new Guide(Path.of("..", "help"), blocks));
    }
  }

  private static Guide.Block block(String language, int line, String... lines) {
    return new Guide.Block(language, line, List.of(lines), null, 0);
  }

  /** Places of the reader's machine become places of the test's folder. */
  private static String replaced(String example) {
    if (example.startsWith("sudo zboot serve")) {
      // Never on the network that this machine is in: ServeBootTest serves networks of its own.
      return example.substring("sudo ".length()) + " --explain --address 192.0.2.3";
    }
    if (example.startsWith("zboot watch ") || example.startsWith("zboot check ")) {
      // Nobody serves here, and nobody may be asked: ServeTest and ServerCheckTest have servers.
      String line = example.replace("192.0.2.3", "127.0.0.1:9").replace("15m", "2s");
      return line.replace("--farm-id 4242", "http://127.0.0.1:9/k") + " || [[ $? == [16] ]]";
    }
    if (example.startsWith("zboot bmc ") || example.startsWith("zboot deploy ")) {
      // No server is near; DeployTest and BmcCommandTest have simulated ones.
      String line =
          example.replace("192.0.2.7", "127.0.0.1:9").replaceFirst(" +\\(a profile.*", "");
      String file = line.contains("--bmc-user") ? " --bmc-password-file secret" : "";
      return "(umask 077; echo secret >secret); " + line + file + " || [[ $? == 1 ]]";
    }
    if (example.contains("2.0.0") && SecondCore.find().isEmpty()) {
      return "echo 'left out, as the second core is not here: " + example + "'";
    }
    String line =
        example
            // CoreFetchTest fetches from an archive of its own; here it only has to be there.
            .replace("core fetch 2.0.0", "core import " + SecondCore.find().orElse(Path.of("")))
            .replace("/srv/tftp/zboot", "tftp")
            .replace("/dev/disk/by-id/usb-...", "4C530001")
            .replace("~/", "home/")
            .replace("ipxe_VERSION_all.deb", "../core")
            .replace("VERSION", BundledCore.load().version());
    // Where the user's own files would be touched, a process of its own gets another place for
    // them.
    return line.contains("../core") || line.contains("--core ") || line.contains("core import ")
        ? "(mkdir -p own; cd own; export XDG_DATA_HOME=$PWD; " + line + ")"
        : line;
  }

  private static String help(String command, Map<String, String> environment) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.remove(0);
    words.add("--help");
    CliRun run = CliRun.with(environment, words.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return run.text();
  }
}
