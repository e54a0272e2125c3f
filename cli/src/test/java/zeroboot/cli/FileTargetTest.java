package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LoopDevice;

/** Names of files, and what becomes of a file that is replaced. */
class FileTargetTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-------", "rw-rw-rw-", "r--r--r--", "rwxr-x--x"})
  void replacingKeepsTheMode(String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("node.ipxe"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    replaced(file);
    assertEquals(mode, mode(file));
  }

  @Test
  void andTheOwner() throws IOException {
    LoopDevice.requireRoot();
    Path file = Files.writeString(folder.resolve("node.ipxe"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    ForeignTool.require("chown").run("1234:5678", file.toString()).ok();
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    replaced(link);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(1234, Files.getAttribute(file, "unix:uid"));
    assertEquals(5678, Files.getAttribute(file, "unix:gid"));
    assertEquals("rw-r-----", mode(file));
  }

  /**
   * A user may replace what others own in a folder of theirs; it would not be those others' then.
   */
  @Test
  void whatCannotStayTheirsIsNotReplaced() throws IOException {
    LoopDevice.requireRoot();
    Path open = Files.createTempDirectory("zboot-target");
    try {
      Path file = Files.writeString(open.resolve("node.ipxe"), "old");
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      List<String> command =
          new java.util.ArrayList<>(List.of("--reuid=65534", "--regid=65534", "--clear-groups"));
      String readOnly = "-all,+dac_read_search";
      command.addAll(List.of("--inh-caps=" + readOnly, "--ambient-caps=" + readOnly));
      command.addAll(
          ZbootProcess.command("script", "--farm-id", "1", "--force", "-o", file.toString()));
      ForeignTool.Result run = ForeignTool.require("setpriv").run(command.toArray(String[]::new));
      assertEquals(4, run.exitCode(), run.output());
      assertTrue(run.output().contains("belongs to others"), run.output());
      assertEquals("old", Files.readString(file));
      assertEquals(1, folderSize(open), "nothing is left beside it");
      Files.delete(file);
    } finally {
      Files.delete(open);
    }
  }

  private static long folderSize(Path in) throws IOException {
    try (var files = Files.list(in)) {
      return files.count();
    }
  }

  @Test
  void inFoldersToo() throws IOException {
    Path rack = Files.writeString(folder.resolve("rack.yaml"), "farm-id: 7\nnodes: [{name: a}]\n");
    Path images = Files.createDirectory(folder.resolve("images"));
    Files.setPosixFilePermissions(images, PosixFilePermissions.fromString("rwxr-x---"));
    Path sums = images.resolve("SHA256SUMS");
    String[] command = {"batch", rack.toString(), "--force", "-o", images.toString()};
    assertEquals(0, CliRun.of(command).exitCode());
    assertEquals("rwxr-x---", mode(images));
    Files.setPosixFilePermissions(sums, PosixFilePermissions.fromString("rw-------"));
    assertEquals(0, CliRun.of(command).exitCode());
    assertEquals("rw-------", mode(sums));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void replaced(Path file) throws IOException {
    CliRun run = CliRun.of("script", "--farm-id", "1", "--force", "-o", file.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(Files.readString(file).startsWith("#!ipxe"));
  }

  @Test
  void namesOfFoldersAreNoNamesOfFiles() throws IOException {
    Path file = folder.resolve("x.iso");
    for (String name : new String[] {file + "/", file + "//", folder + "/"}) {
      usage(name, "is the name of a folder");
    }
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/dev/fd/1", "/dev/stdout", "/dev/stderr", "/dev/fd/7", "/proc/self/fd/1"})
  void whatIsOpenAlready(String name) {
    usage(
        name, "is not a file, but something that is open already; write -o - for standard output");
  }

  @Test
  void nothing() {
    usage("", "names nothing; name a file, or - for standard output");
    assertEquals(2, CliRun.of("man", "-o", "").exitCode());
    Path key = folder.resolve("key");
    assertEquals(
        2, CliRun.of("sign", "--key", key.toString(), "-o", "", "/etc/hostname").exitCode());
  }

  private static void usage(String name, String words) {
    for (String force : new String[] {"--force", "--json"}) {
      CliRun run = CliRun.of("iso", "--farm-id", "1", force, "-o", name);
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains(words), run.err());
      assertEquals("", run.text());
    }
  }
}
