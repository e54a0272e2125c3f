package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A result that does not arrive is no success: {@code /dev/full} takes no byte. */
class LostOutputTest {
  /** IMAGE is one of ours, KEYS a folder of keys, NEW a name that is free. */
  private static final List<String> RUNS =
      List.of(
          "--version",
          "--version --json",
          "--help",
          "iso --farm-id 1 -o -",
          "iso --farm-id 1 --json -o NEW",
          "usb --farm-id 1 -o -",
          "usb --farm-id 1 --json -o NEW",
          "efi --farm-id 1 -o -",
          "efi --farm-id 1 --json -o NEW",
          "lkrn --farm-id 1 -o -",
          "lkrn --farm-id 1 --json -o NEW",
          "script --farm-id 1",
          "script --farm-id 1 --json -o NEW",
          "batch RACK --json -o NEW",
          "netboot --farm-id 1 --server 192.0.2.1 --json -o NEW",
          "inspect IMAGE",
          "inspect IMAGE --json",
          "inspect IMAGE --script",
          "try --help",
          "core list",
          "core list --json",
          "core show",
          "core show --json",
          "keys show KEYS/sign.pem",
          "keys show KEYS/sign.pem --json",
          "keys new --name x --json -o NEW --password-file PASSWORD",
          "sign --key KEYS/sign.p12 --password-file PASSWORD --json --force IMAGE",
          "verify IMAGE",
          "verify IMAGE --json",
          "check --help",
          "config list",
          "config list --json",
          "config show --farm-id 1",
          "config show --farm-id 1 --json",
          "config schema",
          "devices --json",
          "write --json --dry-run IMAGE NEW",
          "schema",
          "schema inspect",
          "schema profile",
          "completion bash",
          "completion zsh",
          "completion fish",
          "man",
          "man iso",
          "help",
          "help keys new",
          "serve --farm-id 1 --explain --address 192.0.2.3",
          "watch --help",
          "deploy --help",
          "bmc show --help");

  @TempDir private static Path folder;
  private static FarmKeys keys;
  private static int made;

  @BeforeAll
  static void make() throws IOException {
    keys = FarmKeys.make(folder);
    CliRun image = CliRun.of("iso", "--farm-id", "1", "-o", folder.resolve("k.iso").toString());
    assertEquals(0, image.exitCode(), image.err());
    Files.writeString(
        folder.resolve("rack.yaml"), "farm-id: 7\nnodes: [{name: a, mac: '00:00:5e:00:53:01'}]\n");
  }

  static Stream<String> runs() {
    return Stream.concat(
        RUNS.stream(), Stream.of(Subcommand.values()).map(command -> command.word() + " --help"));
  }

  /** A new command comes into the table. */
  @Test
  void everyCommandIsInTheTable() {
    Set<String> words = RUNS.stream().map(run -> run.split(" ", 2)[0]).collect(Collectors.toSet());
    EnumSet<Subcommand> missing = EnumSet.allOf(Subcommand.class);
    missing.removeIf(command -> words.contains(command.word()));
    assertEquals(EnumSet.noneOf(Subcommand.class), missing);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void isExitCode1(String run) throws IOException {
    String[] args = arguments(run);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode;
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      exitCode =
          Zboot.run(
              args,
              new PrintStream(full, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8));
    }
    String said = err.toString(StandardCharsets.UTF_8);
    assertEquals(1, exitCode, Arrays.toString(args) + said);
    List<String> errors = said.lines().filter(line -> line.startsWith("zboot: ")).toList();
    assertEquals(1, errors.size(), said);
    assertTrue(errors.get(0).startsWith("zboot: standard output: could not be written"), said);
  }

  /** A verdict that nobody can read is no verdict. */
  @Test
  void isExitCode1AfterAFailureToo() throws IOException {
    byte[] image = Files.readAllBytes(folder.resolve("k.iso"));
    image[image.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.iso"), image);
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      int exitCode =
          Zboot.run(
              new String[] {"verify", damaged.toString(), "--json"},
              new PrintStream(full, true, StandardCharsets.UTF_8),
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
      assertEquals(1, exitCode);
    }
  }

  /** The process itself knows why, and says it; of a pipe that nobody reads on it says nothing. */
  @Test
  void theProcessNamesTheReason() throws IOException, InterruptedException {
    assertEquals(
        "1 zboot: standard output: could not be written (No space left on device);"
            + " make room, or send it somewhere else; the result is lost",
        shell("\"$@\" >/dev/full", "completion", "bash"));
    // Descriptor 3 is the only reader of the pipe, and is closed before the program starts.
    String closed =
        "rm -f \"$P\"; mkfifo \"$P\"; exec 3<>\"$P\"; exec 4>\"$P\"; exec 3<&-; \"$@\" >&4";
    assertEquals("1 ", shell(closed, "completion", "bash"));
    assertEquals("1 ", shell(closed, "iso", "--farm-id", "1", "-o", "-"));
    assertEquals("1 ", shell(closed, "--help"));
  }

  /** Exit code and standard error. */
  private static String shell(String line, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", line, "bash"));
    command.addAll(ZbootProcess.command(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("P", folder.resolve("pipe").toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Path err = folder.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() + " " + Files.readString(err).strip();
  }

  private static String[] arguments(String run) {
    return Stream.of(run.split(" ", -1))
        .map(
            word ->
                word.replace("IMAGE", folder.resolve("k.iso").toString())
                    .replace("RACK", folder.resolve("rack.yaml").toString())
                    .replace("KEYS", keys.folder().toString())
                    .replace("PASSWORD", keys.passwordFile().toString())
                    .replace("NEW", folder.resolve("new" + made++).toString()))
        .toArray(String[]::new);
  }
}
