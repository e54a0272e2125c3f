package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --quiet}: results and errors, and nothing else. */
class QuietTest {
  @TempDir private Path folder;

  @Test
  void whatGoesWellIsNotToldOf() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    Path rack =
        Files.writeString(
            folder.resolve("rack.yaml"),
            "farm-id: 7\nnodes: [{name: a, mac: '00:00:5e:00:53:01'}]\n");
    for (String form : new String[] {"iso", "usb", "efi", "lkrn", "script"}) {
      silent(form, "--farm-id", "7", "--quiet", "-o", file(form));
      assertTrue(Files.size(folder.resolve(form)) > 1000);
    }
    silent("batch", rack.toString(), "-q", "-o", file("batch"));
    silent("netboot", "--farm-id", "7", "--server", "192.0.2.1", "-q", "-o", file("netboot"));
    silent(keys.with("sign", "-q", "--key", keys.file("sign.p12"), file("iso")));
    silent(keys.with("keys", "new", "--quiet", "--name", "x", "-o", file("more")));
    silent("verify", "-q", file("usb"));
    CliRun json = CliRun.of("iso", "--farm-id", "7", "--quiet", "--json", "-o", file("j.iso"));
    assertEquals("", json.err());
    assertEquals(7, json.json().get("farmId").getAsInt());
    assertFalse(CliRun.of("script", "--farm-id", "7", "-q").text().isEmpty());
  }

  /** Nobody has to know which commands would talk. */
  @Test
  void everyCommandTakesIt() {
    for (Subcommand each : Subcommand.values()) {
      CliRun help = CliRun.of(each.word(), "-q", "--help");
      assertEquals(0, help.exitCode(), each + ": " + help.err());
    }
    assertEquals("", CliRun.of("devices", "--quiet").err());
    assertEquals(0, CliRun.of("-q", "config", "list").exitCode());
  }

  /** Of a damaged image everything is told. */
  @Test
  void whatIsDamagedIsTold() throws IOException {
    silent("usb", "--farm-id", "7", "-q", "-o", file("usb"));
    byte[] bytes = Files.readAllBytes(folder.resolve("usb"));
    bytes[9000] ^= 1;
    Files.write(folder.resolve("usb"), bytes);
    CliRun run = CliRun.of("verify", "-q", file("usb"));
    assertEquals(5, run.exitCode());
    assertTrue(run.text().contains("9000"), run.text());
    assertTrue(run.err().startsWith("zboot: "), run.err());
  }

  @Test
  void whatGoesWrongIs() {
    CliRun run = CliRun.of("iso", "--quiet", "--farm-id", "x", "-o", file("x"));
    assertEquals(3, run.exitCode());
    assertTrue(run.err().startsWith("zboot: farm ID 'x'"), run.err());
    assertEquals(1, run.err().lines().count());
  }

  private static void silent(String... args) {
    CliRun run = CliRun.of(args);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err() + run.text());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
