package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectTest {
  @TempDir private Path folder;

  private Path make(String form) {
    Path file = folder.resolve("x");
    CliRun run = CliRun.of((form + " --farm-id 4242 --vlan 302 --force -o " + file).split(" ", -1));
    assertEquals(0, run.exitCode(), run.err());
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "script,iPXE script",
    "iso,'ISO image of zboot, boots in UEFI and in BIOS mode'",
    "iso --firmware uefi,'ISO image of zboot, boots in UEFI mode only'",
    "usb,'USB image of zboot, boots in UEFI and in BIOS mode'",
    "usb --firmware bios,'USB image of zboot, boots in BIOS mode only'",
    "efi,'UEFI file of zboot, boots in UEFI mode only'",
    "lkrn,'BIOS kernel file of zboot, boots in BIOS mode only'"
  })
  void saysWhatAFarmerHasToKnow(String form, String kind) {
    Path file = make(form);
    CliRun run = CliRun.of("inspect", file.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.text().startsWith(file + ": " + kind + "\n"), run.text());
    assertTrue(run.text().contains("  Farm ID    4242 on the main network\n"), run.text());
    assertTrue(run.text().contains("  Setting    vlan: 302\n"), run.text());
    assertTrue(run.text().contains("every byte is as it was made"), run.text());
    assertTrue(run.text().contains("\nAs made: yes\n"), run.text());
    assertEquals("", run.err());
    JsonObject json = CliRun.of("inspect", "--json", file.toString()).json();
    assertEquals(4242, json.get("farmId").getAsLong());
    assertEquals("unchanged", json.get("verdict").getAsString());
    assertTrue(json.get("asMade").getAsBoolean());
    assertEquals(
        CliRun.of("script", "--farm-id", "4242", "--vlan", "302").text(),
        CliRun.of("inspect", "--script", file.toString()).text());
  }

  @Test
  void troubleIsTheExitCode() throws IOException {
    Path file = make("usb");
    try (RandomAccessFile usb = new RandomAccessFile(file.toFile(), "rw")) {
      usb.seek(200_000);
      usb.write(~usb.read());
      usb.write(new byte[100]);
    }
    CliRun run = CliRun.of("inspect", file.toString());
    assertEquals(3, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.text().contains("FAILED  layout: BIOS part: "), run.text());
  }

  @Test
  void whatCannotBeInspectedIsOneLine() throws IOException {
    Path junk = Files.writeString(folder.resolve("junk"), "nothing");
    assertOneLine(3, junk);
    assertOneLine(2, folder);
    assertOneLine(2, folder.resolve("nowhere"));
    assertOneLine(2, Path.of("/dev/null"));
  }

  private static void assertOneLine(int exitCode, Path file) {
    CliRun run = CliRun.of("inspect", file.toString());
    assertEquals(exitCode, run.exitCode(), run.err());
    assertEquals("", run.text());
    assertEquals(1, run.err().lines().count(), run.err());
  }
}
