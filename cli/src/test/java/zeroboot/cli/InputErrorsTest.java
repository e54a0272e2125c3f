package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import zeroboot.cli.console.ExitCode;

/** One exit code for one kind of mistake, whichever command and option a file is named for. */
class InputErrorsTest {
  /** Places for a file, written X. */
  private static final List<String> SMALL =
      List.of(
          "verify IMAGE --signature X",
          "verify IMAGE --trust X",
          "sign --key X --password-file PASSWORD IMAGE",
          "sign --key KEYS/sign.p12 --password-file X IMAGE",
          "keys show X",
          "check http://127.0.0.1:9/k --trust-root X",
          "check http://127.0.0.1:9/k --secure-boot-cert X",
          "check --config X",
          "keys new --name x -o NEW --password-file X",
          "efi --farm-id 1 -o NEW --trust-root X",
          "iso --farm-id 1 -o NEW --sign-key X --password-file PASSWORD",
          "usb --farm-id 1 -o NEW --secure-boot-key X --password-file PASSWORD",
          "iso --config X -o NEW",
          "script --config X",
          "config show --config X",
          "batch X -o NEW",
          "deploy X --dry-run",
          "bmc show node --config X",
          "bmc show 127.0.0.1 --bmc-user a --bmc-password-file X",
          "core import X/ipxe.lkrn",
          "efi --farm-id 1 -o NEW --core X");

  private static final List<String> LARGE =
      List.of(
          "inspect X",
          "verify X",
          "sign --key KEYS/sign.p12 --password-file PASSWORD X",
          "try X",
          "write X NEW");

  @TempDir private static Path folder;
  private static FarmKeys keys;
  private static Path sparse;

  @BeforeAll
  static void make() throws IOException {
    keys = FarmKeys.make(folder);
    Files.write(folder.resolve("k.iso"), CliRun.of("iso", "--farm-id", "1", "-o", "-").out());
    sparse = folder.resolve("sparse");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(1L << 40);
    }
  }

  static Stream<String> all() {
    return Stream.concat(SMALL.stream(), LARGE.stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void namesThatLeadNowhereAreExitCode2(String run) {
    refused(2, run, folder.resolve("none").toString());
  }

  static Stream<String> small() {
    return SMALL.stream().filter(run -> !run.contains("X/"));
  }

  @ParameterizedTest
  @MethodSource("small")
  void devicesAreExitCode2(String run) {
    refused(2, run, "/dev/zero");
    refused(2, run, "/dev/urandom");
  }

  @ParameterizedTest
  @MethodSource("small")
  void whatIsTooLargeIsExitCode3(String run) {
    refused(3, run, sparse.toString());
  }

  /** The kernel's files say that they are empty; they are read, and are not what was asked for. */
  @ParameterizedTest
  @MethodSource("small")
  void filesOfTheKernel(String run) {
    if (!run.contains("--password-file X")) {
      CliRun said = CliRun.of(arguments(run, "/proc/version"));
      assertTrue(said.exitCode() == 3 || said.exitCode() == 5, said.exitCode() + said.err());
    }
  }

  /** What each code means is said in one table, which the help shows as well. */
  @Test
  void theTableIsTheProgramsOwn() throws IOException {
    String reference = Files.readString(Path.of("..", "docs", "reference.md"));
    CommandLine help = Zboot.tree();
    assertEquals(ExitCode.MEANINGS, help.getCommandSpec().usageMessage().exitCodeList());
    ExitCode.MEANINGS.forEach(
        (code, meaning) ->
            assertTrue(
                reference.contains("\n| " + code + " | " + meaning),
                code + " " + meaning + " is not in docs/reference.md"));
  }

  private static void refused(int exitCode, String run, String file) {
    CliRun said = CliRun.of(arguments(run, file));
    assertEquals(exitCode, said.exitCode(), run + ": " + said.err());
    List<String> lines = said.err().lines().toList();
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith("zboot: "), said.err());
    assertTrue(last.contains(file), said.err());
    assertEquals("", said.text());
    assertTrue(Files.notExists(folder.resolve("new")), run);
  }

  private static String[] arguments(String run, String file) {
    return Stream.of(run.split(" ", -1))
        .map(
            word ->
                word.replaceFirst("^X(?=$|/)", file)
                    .replace("IMAGE", folder.resolve("k.iso").toString())
                    .replace("KEYS", keys.folder().toString())
                    .replace("PASSWORD", keys.passwordFile().toString())
                    .replace("NEW", folder.resolve("new").toString()))
        .toArray(String[]::new);
  }
}
