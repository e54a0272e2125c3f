package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people get wrong on the way from nothing to a node, each as a process in a folder of its
 * own: it ends in one line that helps, and changes nothing.
 */
class SlipsTest {
  @TempDir private static Path folder;
  private static List<Path> before = List.of();

  /** Advice to type what is not there: the program was called by its path. */
  private static final Pattern BARE_NAME =
      Pattern.compile("; .*(?<![./])zboot (?=[a-z]+ |--)(?!sets |is )");

  @BeforeAll
  static void make() throws IOException {
    FarmKeys.make(folder);
    byte[] image = CliRun.of("iso", "--farm-id", "1", "-o", "-").out();
    Files.write(folder.resolve("zboot-farm1-main.iso"), image);
    Files.write(folder.resolve("cut.iso"), Arrays.copyOf(image, 300_000));
    Files.writeString(folder.resolve("notes.txt"), "4242\n");
    Files.createDirectory(folder.resolve("images"));
    before = files();
  }

  private static Arguments slip(int exitCode, String helps, String... words) {
    return Arguments.of(exitCode, helps, List.of(words));
  }

  static Stream<Arguments> slips() {
    String iso = "zboot-farm1-main.iso";
    return Stream.of(
        // the farm ID
        slip(2, "add --farm-id N; the dashboard shows your farm's ID", "iso"),
        slip(2, "did you mean iso --farm-id 4242?", "4242"),
        slip(2, "did you mean --farm-id 4242?", "iso", "4242"),
        slip(2, "a command is missing in front of --farm-id, like iso", "--farm-id", "4242"),
        slip(2, "did you mean --farm-id?", "iso", "-farm-id", "4242"),
        slip(2, "did you mean --farm-id?", "iso", "--farmid=4242"),
        slip(2, "did you mean --farm-id?", "iso", "--farm_id", "4242"),
        slip(2, "did you mean --farm-id?", "iso", "\u2014farm-id", "4242"),
        slip(2, "--farm-id needs a value", "iso", "--farm-id"),
        slip(3, "write it as 4242", "iso", "--farm-id", "4,242"),
        slip(3, "the dashboard shows your farm's ID", "iso", "--farm-id", "my farm"),
        slip(3, "did you mean test?", "iso", "--farm-id", "1", "--network", "tets"),
        // commands and options
        slip(2, "did you mean iso?", "ISO", "--farm-id", "4242"),
        slip(2, "zboot is there twice", "zboot", "iso"),
        slip(2, "see ./zboot --help", "nonsense", "--help"),
        slip(2, "did you mean --address?", "iso", "--farm-id", "1", "--adress", "dhcp"),
        slip(2, "did you mean --console?", "iso", "--farm-id", "1", "--consol", "ttyS0"),
        slip(2, "did you mean keys?", "help", "key"),
        // the network
        slip(3, "like 192.0.2.10/24", "iso", "--farm-id", "1", "--address", "192.0.2.9"),
        slip(3, "add --address A.B.C.D/NN", "iso", "--farm-id", "1", "--gateway", "192.0.2.1"),
        // where the image goes
        slip(4, "add --force to replace it", "iso", "--farm-id", "1"),
        slip(2, "like -o images/node.iso", "iso", "--farm-id", "1", "-o", "images"),
        slip(2, "name a file, like -o x.iso", "iso", "--farm-id", "1", "-o", "x.iso/"),
        slip(2, "name a file, or - for standard output", "iso", "--farm-id", "1", "-o", ""),
        slip(2, "write -o - for standard output", "iso", "--farm-id", "1", "-o", "/dev/fd/1"),
        slip(2, "make it first, or name another", "iso", "--farm-id", "1", "-o", "no/x.iso"),
        slip(2, "without quotes", "iso", "--farm-id", "1", "-o", "~/x.iso"),
        // trying it
        slip(2, "name one that is there", "try", "zboot-farm4242-main.iso"),
        slip(2, "IMAGE is missing", "try"),
        // writing it
        slip(2, "zboot devices lists the disks", "write", iso),
        slip(2, "leave one of them out", "write", "--farm-id", "1", iso, "disk.img"),
        slip(2, "leave one of them out", "write", "--farm-id", "1", "notes.txt", "/dev/sdX"),
        slip(2, "leave one of them out", "write", "--farm-id", "1", "-", "disk.img"),
        slip(2, "have one made with --farm-id N", "write", "--table", "gpt", iso, "disk.img"),
        slip(2, "have one made with --farm-id N", "write", "--firmware", "bios", iso, "disk.img"),
        slip(2, "name the image, then the device", "write", "/dev/sdX"),
        slip(1, "zboot devices lists the disks", "write", iso, "/dev/sdX"),
        slip(2, "for the disk write /dev/sdb", "write", iso, "sdb"),
        slip(2, "name an image that is there", "write", "zboot-farm4242-main.iso", "/dev/sdX"),
        slip(4, "zboot devices lists the disks", "write", iso, "images"),
        slip(4, "zboot devices lists the disks", "write", iso, "/dev/null"),
        slip(4, "make the image again, or copy it again", "write", "cut.iso", "new.img"),
        slip(4, "add --any-image", "write", "notes.txt", "new.img"),
        // keys
        slip(3, "like keys/sign.p12", "efi", "--farm-id", "1", "--sign-key", "keys/sign.pem"),
        slip(3, "like keys/db.p12", "efi", "--farm-id", "1", "--secure-boot-key", "keys/db.der"),
        slip(3, "give sign.p12", "efi", "--farm-id", "1", "--sign-key", "keys/db.p12"),
        slip(2, "name the file in it", "efi", "--farm-id", "1", "--sign-key", "keys"),
        slip(4, "name another folder with -o", "keys", "new", "--name", "x", "-o", "keys"),
        // profiles
        slip(2, "name one that is there", "batch", "rack.yaml", "-o", "out"),
        slip(2, "name a profile with nodes:", "batch", "-o", "out"),
        slip(3, "save it as UTF-8", "iso", "--config", iso));
  }

  @ParameterizedTest
  @MethodSource("slips")
  void endsInALineThatHelps(int exitCode, String helps, List<String> words)
      throws IOException, InterruptedException {
    // Nobody sits at a terminal who could be asked.
    List<String> command = new ArrayList<>(List.of("setsid", "--wait"));
    command.addAll(ZbootProcess.command(words.toArray(String[]::new)));
    command.add(command.indexOf("-cp"), "-Dzboot.command=./zboot");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put("ZBOOT_KEY_PASSWORD", FarmKeys.PASSWORD);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    List<String> errors = said.lines().filter(line -> line.startsWith("zboot: ")).toList();
    assertEquals(1, errors.size(), said);
    assertTrue(errors.get(0).contains(helps), said);
    assertFalse(BARE_NAME.matcher(errors.get(0)).find(), "not as it was called: " + said);
    assertEquals(exitCode, process.exitValue(), said);
    assertEquals(before, files(), "what it left behind");
  }

  /** Nobody reads a table of no rows. */
  @Test
  void allWaysOfHelpAreDifferent() {
    assertTrue(slips().map(slip -> slip.get()[1]).distinct().count() > 30);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }
}
