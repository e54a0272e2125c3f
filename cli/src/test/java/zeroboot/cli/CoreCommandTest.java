package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.spec.BootPath;

class CoreCommandTest {
  private static final IpxeCore CORE = BundledCore.load();
  private static final String NEWER = "9.99.1+git20250501.dad20602+dfsg-1";

  @TempDir private Path folder;

  private CliRun run(String... args) {
    return CliRun.with(Map.of("XDG_DATA_HOME", folder.resolve("data").toString()), args);
  }

  /** What this core was seen to do in virtual machines, and what it was seen not to know. */
  @Test
  void showsWhatTheBundledCoreCanDo() {
    JsonObject core = run("core", "show", "--json").json();
    assertEquals(CORE.version(), core.get("version").getAsString());
    assertEquals(CORE.version(), core.getAsJsonObject("lkrn").get("version").getAsString());
    assertEquals(
        CORE.sha256(BootPath.UEFI_X64), core.getAsJsonObject("efi").get("sha256").getAsString());
    assertEquals(351_727, core.getAsJsonObject("lkrn").get("size").getAsInt());
    assertEquals(
        new TreeSet<>(
            List.of("aoe file http https ib_srp iscsi mtftp nfs tcp tftm tftp udp".split(" ", -1))),
        strings(core, "protocols"));
    Set<String> commands = strings(core, "commands");
    assertTrue(
        commands.containsAll(
            List.of("dhcp", "imgfetch", "imgexec", "chain", "vcreate", "console", "menu", "ping")),
        commands.toString());
    for (String missing : List.of("ntp", "imgverify", "imgtrust", "nslookup")) {
      assertTrue(!commands.contains(missing), missing);
    }
    assertEquals(62, commands.size(), commands.toString());
  }

  @Test
  void showsItToPeople() {
    CliRun run = run("core", "show");
    assertTrue(run.text().startsWith("iPXE " + CORE.version() + "\n"), run.text());
    assertTrue(run.text().contains(CORE.sha256(BootPath.BIOS)), run.text());
    assertTrue(run.text().lines().allMatch(line -> line.length() <= 80), run.text());
  }

  @Test
  void importedCoreIsFoundByItsVersion() throws IOException {
    Path files = Files.createDirectory(folder.resolve("newer"));
    Files.write(files.resolve("ipxe.lkrn"), renamed(CORE.lkrn()));
    Files.write(files.resolve("ipxe.efi"), renamed(CORE.efi()));
    CliRun imported = run("core", "import", files.toString(), "--json");
    assertEquals(0, imported.exitCode(), imported.err());
    assertEquals(NEWER, imported.json().get("version").getAsString());
    assertTrue(imported.err().contains("--core " + NEWER), imported.err());
    assertTrue(!imported.err().contains("Warning"), imported.err());

    CliRun list = run("core", "list");
    assertTrue(list.text().startsWith(CORE.version() + "   bundled   Debian ipxe"), list.text());
    assertTrue(list.text().contains("\n" + NEWER + "   imported  " + files), list.text());
    assertEquals(NEWER, run("core", "show", NEWER, "--json").json().get("version").getAsString());

    String lkrn = folder.resolve("x.lkrn").toString();
    CliRun made = run("lkrn", "--farm-id", "1", "--core", NEWER, "--json", "-o", lkrn);
    assertEquals(0, made.exitCode(), made.err());
    assertEquals(
        NEWER, made.json().getAsJsonObject("core").get("version").getAsString(), made.err());
    assertEquals(0, run("lkrn", "--farm-id", "1", "--core", CORE.version(), "-o", "-").exitCode());

    assertEquals(0, run("core", "import", files.toString()).exitCode(), "the same once more");
    byte[] other = renamed(CORE.efi());
    other[other.length - 1] ^= 1;
    Files.write(files.resolve("ipxe.efi"), other);
    assertEquals(4, run("core", "import", files.toString()).exitCode());
    assertEquals(0, run("core", "import", files.toString(), "--force").exitCode());
    Path store = folder.resolve("data/zboot/cores");
    assertArrayEquals(other, Files.readAllBytes(store.resolve(NEWER).resolve("ipxe.efi")));
    try (Stream<Path> entries = Files.list(store)) {
      assertEquals(List.of(store.resolve(NEWER)), entries.toList());
    }
  }

  @Test
  void aStoredCoreThatChangedIsRefused() throws IOException {
    Path files = Files.createDirectory(folder.resolve("newer"));
    Files.write(files.resolve("ipxe.lkrn"), renamed(CORE.lkrn()));
    Files.write(files.resolve("ipxe.efi"), renamed(CORE.efi()));
    assertEquals(0, run("core", "import", files.toString()).exitCode());
    Path stored = folder.resolve("data/zboot/cores").resolve(NEWER).resolve("ipxe.lkrn");
    byte[] changed = Files.readAllBytes(stored);
    changed[changed.length - 1] ^= 1;
    Files.write(stored, changed);
    CliRun show = run("core", "show", NEWER);
    assertEquals(3, show.exitCode());
    assertTrue(show.err().contains("have changed"), show.err());
    assertTrue(run("core", "list").text().contains("damaged"));
  }

  @Test
  void whatIsNoCoreIsRefusedAndLeavesNothing() throws IOException {
    Path junk = Files.writeString(folder.resolve("junk.deb"), "no package");
    assertEquals(3, run("core", "import", junk.toString()).exitCode());
    assertEquals(2, run("core", "import", folder.resolve("nowhere").toString()).exitCode());
    assertEquals(2, run("core", "show", "7.7").exitCode());
    assertEquals(2, run("core", "show", "../newer").exitCode());
    assertEquals(2, run("core").exitCode());
    assertTrue(!Files.exists(folder.resolve("data")));
  }

  private static Set<String> strings(JsonObject object, String name) {
    Set<String> strings = new TreeSet<>();
    for (JsonElement element : object.getAsJsonArray(name)) {
      strings.add(element.getAsString());
    }
    return strings;
  }

  /** The bundled core's file under another version of the same length. */
  private static byte[] renamed(byte[] file) {
    byte[] changed = file.clone();
    byte[] old = CORE.version().getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i <= changed.length - old.length; i++) {
      if (Arrays.equals(changed, i, i + old.length, old, 0, old.length)) {
        byte[] name = NEWER.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, changed, i, name.length);
      }
    }
    return changed;
  }
}
