package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import zeroboot.cli.console.ExitCode;

/** What a run loads and builds: no more than it needs, and nothing is missing for it. */
class StartUpTest {
  private static final List<String> SIGNING = List.of("org.bouncycastle.", "zeroboot.signing.");
  private static final List<String> YAML = List.of("org.snakeyaml.");
  private static final List<String> DEVICES = List.of("com.sun.jna.", "zeroboot.usb.");
  private static final List<String> SERVER = List.of("org.eclipse.jetty.", "zeroboot.server.");

  /** A line of the log: time, level and tag in brackets, the class, where it came from. */
  private static final Pattern CLASS = Pattern.compile("^(?:\\[[^]]*])+ (\\S+) .*");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "script --farm-id 1", "iso --farm-id 1 -o x.iso"})
  void loadsNothingOfSigningYamlDevicesAndServer(String arguments) throws Exception {
    List<String> loaded = loaded(words(arguments));
    for (List<String> part : List.of(SIGNING, YAML, DEVICES, SERVER)) {
      assertEquals(List.of(), of(part, loaded), arguments);
    }
  }

  @Test
  void loadsOnlyTheCommandThatRuns() throws Exception {
    Set<String> commands = new TreeSet<>();
    for (String name : loaded("script", "--farm-id", "1")) {
      if (name.startsWith("zeroboot.cli.") && name.endsWith("Command")) {
        commands.add(name.substring(name.lastIndexOf('.') + 1));
      }
    }
    assertEquals(Set.of("MakeCommand", "ScriptCommand"), commands);
  }

  /** That the lists above would show what they are to show. */
  @Test
  void loadsThemWhereTheyAreNeeded() throws Exception {
    Path profile = Files.writeString(folder.resolve("farm.yaml"), "farm-id: 1\n");
    assertFalse(of(YAML, loaded("script", "--config", profile.toString())).isEmpty());
    assertFalse(of(SIGNING, loaded("keys", "show", profile.toString())).isEmpty());
    assertFalse(of(DEVICES, loaded("devices")).isEmpty());
    assertFalse(of(SERVER, loaded("serve", "--farm-id", "1", "--interface", "no0")).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Subcommand.class)
  void everyCommandIsListedHelpsAndIsSuggested(Subcommand command) {
    assertEquals(command.word(), command.type().getAnnotation(Command.class).name());

    CliRun list = CliRun.of("--help");
    assertTrue(list.text().matches("(?s).*[ \n]" + command.word() + "[ ,.;].*"), list.text());

    CliRun help = CliRun.of(command.word(), "--help");
    assertEquals(0, help.exitCode());
    assertTrue(help.text().startsWith("Usage: zboot " + command.word() + " "), help.text());

    CliRun typo = CliRun.of(command.word() + "x");
    assertEquals(ExitCode.USAGE, typo.exitCode());
    assertTrue(typo.err().contains("(did you mean " + command.word() + "?)"), typo.err());
  }

  @Test
  void helpListsTheCommandsAsIfAllWereBuilt() {
    CommandLine tree = Zboot.tree();
    assertEquals(tree.getUsageMessage(), CliRun.of("--help").text());
    assertEquals(
        Stream.of(Subcommand.values()).map(Subcommand::word).toList(),
        List.copyOf(tree.getSubcommands().keySet()));
  }

  /** No file is read for an argument that starts with @: its content would be in a script. */
  @Test
  void fileBehindAnAtSignIsNotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("args"), "secret");
    for (String[] words :
        List.of(
            new String[] {"--farm-id", "1", "--ssh-user", "@" + file},
            new String[] {"--farm-id", "1", "--kernel-arg", "@" + file},
            new String[] {"--farm-id", "@" + file},
            new String[] {"@" + file})) {
      CliRun run =
          CliRun.of(Stream.concat(Stream.of("script"), Stream.of(words)).toArray(String[]::new));
      assertFalse((run.text() + run.err()).contains("secret"), run.text() + run.err());
    }
    CliRun word = CliRun.of("script", "--farm-id", "1", "--kernel-arg", "@x=1");
    assertTrue(word.text().contains(" @x=1\n"), word.text() + word.err());
    assertEquals(2, CliRun.of("@" + file).exitCode());
  }

  private static String[] words(String line) {
    return line.split(" ", -1);
  }

  private static List<String> of(List<String> packages, List<String> loaded) {
    return loaded.stream().filter(name -> packages.stream().anyMatch(name::startsWith)).toList();
  }

  /** The classes that a process with these arguments loads. */
  private List<String> loaded(String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    List<String> command = new ArrayList<>(ZbootProcess.command(arguments));
    command.add(1, "-Xlog:class+load:file=" + log + "::filecount=0");
    command.add(1, "-Xshare:off"); // an archive would bring classes that nobody asked for
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    process.waitFor();
    Files.deleteIfExists(folder.resolve("x.iso"));
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      names.add(CLASS.matcher(line).replaceFirst("$1"));
    }
    assertTrue(names.contains("zeroboot.cli.Zboot"), () -> Arrays.toString(arguments) + names);
    return names;
  }
}
