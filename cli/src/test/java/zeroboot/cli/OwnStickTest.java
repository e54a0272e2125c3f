package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.LoopDevice;

/** A stick that somebody formatted, with our UEFI file copied to it. */
class OwnStickTest {
  private static final String PLACE = "EFI/BOOT/BOOTX64.EFI in FAT32, label \"MINE\"";

  @TempDir private static Path folder;
  private static FarmKeys keys;
  private static Path efi = Path.of("");
  private static Path stick = Path.of("");

  @BeforeAll
  static void make() {
    keys = FarmKeys.make(folder);
    efi = folder.resolve("zboot.efi");
    Path unsigned = folder.resolve("unsigned.efi");
    String command = "efi --farm-id 4242 --vlan 302 -o " + unsigned;
    CliRun run = CliRun.of(command.split(" ", -1));
    assertEquals(0, run.exitCode(), run.err());
    sign("--secure-boot", "--key", keys.file("db.p12"), "-o", efi + "", unsigned + "");
    sign("--key", keys.file("sign.p12"), efi + "");
    stick = folder.resolve("stick");
    tool("mkfs.fat", "-C", "-F", "32", "-n", "MINE", stick.toString(), "65536");
    tool("mmd", "-i", stick.toString(), "::/efi", "::/efi/boot");
    tool("mcopy", "-i", stick.toString(), efi.toString(), "::/efi/boot/bootx64.efi");
  }

  private static void sign(String... arguments) {
    CliRun run = CliRun.of(keys.with("sign", arguments));
    assertEquals(0, run.exitCode(), run.err());
  }

  private static void tool(String name, String... arguments) {
    ForeignTool.require(name).run(arguments).ok();
  }

  @Test
  void inspectShowsTheFileAndWhereItIs() {
    CliRun run = CliRun.of("inspect", stick.toString());
    assertEquals(0, run.exitCode(), run.err());
    String said = run.text();
    assertTrue(
        said.startsWith(
            stick + ": UEFI file of zboot in somebody's file system, boots in UEFI mode only\n"),
        said);
    assertTrue(said.contains("  Found           " + PLACE + "\n"), said);
    assertTrue(said.contains(" of the medium on, in one piece\n"), said);
    assertTrue(said.contains("  Farm ID         4242 on the main network\n"), said);
    assertTrue(said.contains("  Setting         vlan: 302\n"), said);
    assertFalse(said.contains("more follow the image"), said);
    assertEquals(
        CliRun.of("inspect", "--script", efi.toString()).text(),
        CliRun.of("inspect", "--script", stick.toString()).text());
  }

  @Test
  void programsGetTheSameAsOfTheFileAlone() {
    JsonObject alone = CliRun.of("inspect", "--json", efi.toString()).json();
    JsonObject found = CliRun.of("inspect", "--json", stick.toString()).json();
    JsonObject place = found.getAsJsonObject("found");
    assertEquals("EFI/BOOT/BOOTX64.EFI", place.get("path").getAsString());
    assertTrue(place.get("partition").isJsonNull());
    assertEquals(64 << 20, found.get("size").getAsLong());
    assertTrue(alone.get("asMade").getAsBoolean());
    assertFalse(found.get("asMade").getAsBoolean());
    for (String field : new String[] {"found", "file", "size", "facts", "asMade", "findings"}) {
      alone.remove(field);
      found.remove(field);
    }
    assertEquals(alone, found);
  }

  @Test
  void verifyChecksTheFileAndNothingElse() throws IOException {
    try (LoopDevice device = LoopDevice.over(stick)) {
      String said = verify(0, device.path());
      assertTrue(said.contains("note    around it: only " + PLACE + " was verified"), said);
      assertTrue(said.contains("ok      signature: "), said);
      assertTrue(said.contains("ok      every byte: "), said);
    }
    String refused = verify(5, stick);
    assertTrue(refused.contains("FAILED  around it: only " + PLACE + " is zboot's"), refused);
    assertTrue(refused.contains("FAILED  signature: "), refused);
    byte[] bytes = Files.readAllBytes(stick);
    long start =
        CliRun.of("inspect", "--json", stick.toString())
            .json()
            .getAsJsonObject("found")
            .getAsJsonArray("pieces")
            .get(0)
            .getAsJsonObject()
            .get("offset")
            .getAsLong();
    bytes[(int) start + 0x48] ^= 1; // the time stamp, which nothing reads
    Path tampered = Files.write(folder.resolve("tampered"), bytes);
    String failed = verify(5, tampered);
    assertTrue(failed.contains("FAILED  signature: "), failed);
    assertTrue(failed.contains("FAILED  UEFI file: "), failed);
  }

  private static String verify(int exitCode, Path medium) {
    CliRun run =
        CliRun.of(
            "verify",
            medium.toString(),
            "--signature",
            efi + ".sig",
            "--trust",
            keys.file("sign.pem"),
            "--trust",
            keys.file("db.pem"));
    assertEquals(exitCode, run.exitCode(), run.text() + run.err());
    return run.text();
  }
}
