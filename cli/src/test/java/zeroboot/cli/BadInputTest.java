package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.testing.ForeignTool;

/** Bad input: one line, the documented exit code, nothing written. */
class BadInputTest {
  @TempDir private Path folder;

  private static Arguments bad(int exitCode, String says, String... args) {
    return Arguments.of(exitCode, says, List.of(args));
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        bad(2, "--farm-id"),
        bad(3, "'0'", "--farm-id", "0"),
        bad(3, "'-1'", "--farm-id", "-1"),
        bad(3, "'-1'", "--farm-id=-1"),
        bad(3, "4294967296", "--farm-id", "4294967296"),
        bad(3, "12abc", "--farm-id", "12abc"),
        bad(3, "1.5", "--farm-id", "1.5"),
        bad(3, "''", "--farm-id", ""),
        bad(2, "--farm-id", "--farm-id", "1", "--farm-id", "2"),
        bad(3, "main, test, qa, dev", "--farm-id", "1", "--network", "Saturn"),
        bad(3, "did you mean main?", "--farm-id", "1", "--network", "man"),
        bad(3, "did you mean v3light?", "--farm-id", "1", "--zos-version", "v3ligt"),
        bad(3, "did you mean shell?", "--farm-id", "1", "--on-failure", "shel"),
        bad(3, "http", "--farm-id", "1", "--kernel-url", "ftp://example.com/k"),
        bad(3, "password", "--farm-id", "1", "--kernel-url", "https://u:p@example.com/k"),
        bad(3, "spaces", "--farm-id", "1", "--kernel-url", "https://example.com/a b"),
        bad(3, "${", "--farm-id", "1", "--kernel-url", "https://example.com/${ip}"),
        bad(3, "line break", "--farm-id", "1", "--kernel-arg", "a\nb"),
        bad(3, "${", "--farm-id", "1", "--kernel-arg", "a=${ip}"),
        bad(3, "||", "--farm-id", "1", "--kernel-arg", "a||b"),
        bad(3, "&&", "--farm-id", "1", "--kernel-arg", "a&&b"),
        bad(3, "';'", "--farm-id", "1", "--kernel-arg", "a;b"),
        bad(3, "never closed", "--farm-id", "1", "--kernel-arg", "a=\"b"),
        bad(3, "comment", "--farm-id", "1", "--kernel-arg", "#a"),
        bad(3, "--farm-id", "--farm-id", "1", "--kernel-arg", "farmer_id=2"),
        bad(3, "--network", "--farm-id", "1", "--kernel-arg", "runmode=dev"),
        bad(3, "version", "--farm-id", "1", "--kernel-arg", "version=v4"),
        bad(3, "reboot, shell, poweroff", "--farm-id", "1", "--on-failure", "cry"),
        bad(2, "no such file", "--farm-id", "1", "--core", "nowhere.deb"),
        bad(2, "did you mean --farm-id", "--farm", "1"),
        bad(2, "--farm-id needs a value: --farm-id N;", "--farm-id"),
        bad(2, "there is no option -farm-id (did you mean --farm-id?);", "-farm-id", "1"),
        bad(2, "'4242' is one word too many (did you mean --farm-id 4242?);", "4242"),
        bad(2, "(did you mean --address?)", "--farm-id", "1", "--adress", "dhcp"),
        bad(2, "(did you mean --console?)", "--farm-id", "1", "--consol=ttyS0"),
        bad(2, "(did you mean --secure-boot-key?)", "--farm-id", "1", "--secure-boot", "k"),
        bad(2, "(did you mean --zos-debug-vm?)", "--farm-id", "1", "--zos-debug_vm"),
        bad(2, "(did you mean --no-zos-debug?)", "--farm-id", "1", "--no-zosdebug"),
        bad(2, "(did you mean --farm-id?)", "--Farm-ID", "1"),
        bad(2, "(did you mean --farm-id?)", "\u2014farm-id", "1"),
        bad(2, "(did you mean --farm-id?)", "\u2013\u2013farm-id", "1"),
        bad(3, "write it as 4242", "--farm-id", "4,242"),
        bad(3, "write it as 4294967", "--farm-id", "4 294 967"),
        bad(3, "write it as 4242", "--farm-id", "#4242"),
        bad(2, "'extra' is one word too many;", "--farm-id", "1", "extra"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everyMakingCommandRefuses(int exitCode, String says, List<String> args) throws IOException {
    for (String command : List.of("script", "iso", "usb", "efi", "lkrn")) {
      List<String> all = new ArrayList<>(List.of(command, "-o", folder.resolve("x").toString()));
      all.addAll(args);
      refused(exitCode, says, all.toArray(String[]::new));
    }
  }

  @Test
  void folderThatIsNotThere() throws IOException {
    refused(2, "is not there", make("iso", folder.resolve("no/x.iso")));
  }

  @Test
  void targetThatIsAFolder() throws IOException {
    refused(2, "is a folder", make("iso", folder));
  }

  @Test
  void folderThatIsNotWritable() throws IOException {
    // The kernel lets nobody make files there, root included.
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/sys/kernel")), "no /sys on this system");
    CliRun run = CliRun.of(make("usb", Path.of("/sys/kernel/x.img")));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("not writable"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void coreThatIsNoCore() throws IOException {
    Path junk = folder.resolve("junk.deb");
    Files.writeString(junk, "not a package");
    CliRun run = CliRun.of("iso", "--farm-id", "1", "--core", junk.toString(), "-o", folder + "/x");
    assertEquals(3, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals(List.of(junk), files());
  }

  @Test
  void fileThatIsThereStaysAsItIs() throws IOException {
    Path there = folder.resolve("x.ipxe");
    Files.writeString(there, "mine");
    CliRun run = CliRun.of(make("script", there));
    assertEquals(4, run.exitCode());
    assertTrue(run.err().contains("--force"), run.err());
    assertEquals("mine", Files.readString(there));

    CliRun forced = CliRun.of("script", "--farm-id", "1", "--force", "-o", there.toString());
    assertEquals(0, forced.exitCode(), forced.err());
    assertTrue(Files.readString(there).startsWith("#!ipxe\n"));
    assertEquals(List.of(there), files());
  }

  @Test
  void diskThatFillsUpKeepsNoHalfFile() throws IOException {
    ForeignTool mount = ForeignTool.require("mount");
    ForeignTool umount = ForeignTool.require("umount");
    Assumptions.assumeTrue(
        mount.run("-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString()).exitCode() == 0,
        "only root may mount");
    try {
      refused(1, "space", make("iso", folder.resolve("x.iso")));
    } finally {
      umount.run(folder.toString()).ok();
    }
  }

  @Test
  void jsonAndTheResultDoNotShareStandardOutput() throws IOException {
    refused(2, "--json", "script", "--farm-id", "1", "--json");
    refused(2, "--json", "iso", "--farm-id", "1", "--json", "-o", "-");
  }

  @Test
  void noCommand() throws IOException {
    refused(2, "zboot --help");
    refused(2, "there is no command skript (did you mean script?); see zboot --help", "skript");
    refused(2, "a command is missing in front of --farm-id, like iso; see", "--farm-id", "4242");
    refused(2, "(did you mean iso --farm-id 4242?)", "4242");
    refused(2, "--server A.B.C.D and --output DIR are missing; see", "netboot", "--farm-id", "1");
    refused(2, "the image is missing; name the image, then the device", "write", "/dev/sdX");
  }

  private static String[] make(String form, Path output) {
    return new String[] {form, "--farm-id", "1", "-o", output.toString()};
  }

  private void refused(int exitCode, String says, String... args) throws IOException {
    CliRun run = CliRun.of(args);
    assertEquals(exitCode, run.exitCode(), Arrays.toString(args) + run.err());
    assertTrue(run.err().contains(says), run.err());
    assertTrue(run.err().startsWith("zboot: "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.text());
    assertEquals(List.of(), files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
