package zeroboot.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumReader;
import zeroboot.testing.ForeignTool;

class MakingTest {
  @TempDir private Path folder;

  @Test
  void scriptGoesToStandardOutputAndTheTalkDoesNot() {
    CliRun run = CliRun.of("script", "--farm-id", "4242", "--network", "test");
    assertEquals(0, run.exitCode());
    assertTrue(run.text().startsWith("#!ipxe\n"), run.text());
    assertTrue(run.text().contains("\nset args farmer_id=4242 runmode=test version=v3"));
    assertTrue(run.err().startsWith("Farm ID 4242 on the test network\n"), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "iso,960000",
    "iso --firmware bios,426000",
    "iso --firmware uefi,590000",
    "usb,910000",
    "usb --firmware bios,380000",
    "usb --firmware uefi,550000",
    "efi,540000",
    "lkrn,380000"
  })
  void imagesStaySmall(String form, long most) throws IOException {
    Path file = folder.resolve("x");
    CliRun run = CliRun.of((form + " --farm-id 4242 -o " + file).split(" ", -1));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(Files.size(file) <= most, Files.size(file) + " bytes");
  }

  @ParameterizedTest
  @CsvSource({"script", "iso", "usb", "efi", "lkrn"})
  void standardOutputAndFileAndReceiptAgree(String form) throws IOException {
    Path file = folder.resolve("x");
    CliRun json = CliRun.of(form, "--farm-id", "4242", "--json", "-o", file.toString());
    CliRun pipe = CliRun.of(form, "--farm-id", "4242", "-o", "-");
    assertEquals(0, json.exitCode(), json.err());
    assertEquals(0, pipe.exitCode(), pipe.err());
    assertArrayEquals(Files.readAllBytes(file), pipe.out());
    String sha256 = ForeignTool.require("sha256sum").run(file.toString()).ok().substring(0, 64);
    assertTrue(json.err().contains("SHA-256 " + sha256), json.err());
    JsonObject receipt = json.json();
    assertEquals(sha256, receipt.get("sha256").getAsString());
    assertEquals(Files.size(file), receipt.get("size").getAsLong());
    assertEquals(file.toString(), receipt.get("file").getAsString());
    assertEquals(4242, receipt.get("farmId").getAsLong());
    assertTrue(pipe.err().contains("image " + receipt.get("imageId").getAsString()), pipe.err());
  }

  @ParameterizedTest
  @CsvSource({
    "script",
    "iso",
    "iso --firmware uefi",
    "usb",
    "usb --firmware bios",
    "usb --firmware uefi",
    "efi",
    "lkrn"
  })
  void receiptAccountsForEveryByte(String form) throws IOException {
    Path file = folder.resolve("x");
    String[] args = (form + " --farm-id 1 --json -o " + file).split(" ", -1);
    JsonObject receipt = CliRun.of(args).json();
    long at = 0;
    JsonArray layout = receipt.getAsJsonArray("layout");
    for (int i = 0; i < layout.size(); i++) {
      JsonObject extent = layout.get(i).getAsJsonObject();
      assertEquals(at, extent.get("offset").getAsLong(), extent.toString());
      at += extent.get("length").getAsLong();
    }
    assertEquals(receipt.get("size").getAsLong(), at);
    assertEquals(Files.size(file), at);
  }

  /** The receipt's views of an image lead to the script, in both boot codes. */
  @ParameterizedTest
  @CsvSource({
    "script,script",
    "iso,script (BIOS)",
    "iso,script (UEFI)",
    "iso --firmware bios,script (BIOS)",
    "iso --firmware uefi,script (UEFI)",
    "usb,script (BIOS)",
    "usb,script (UEFI)",
    "usb --firmware bios,script (BIOS)",
    "usb --firmware uefi,script (UEFI)",
    "efi,script (UEFI)",
    "lkrn,script (BIOS)"
  })
  void everyFormCarriesTheSameScript(String form, String name) throws IOException {
    Path file = folder.resolve("x");
    CliRun run = CliRun.of((form + " --farm-id 4242 --json -o " + file).split(" ", -1));
    byte[] script = CliRun.of("script", "--farm-id", "4242").out();
    byte[] image = Files.readAllBytes(file);
    byte[] part = part(run.json(), name, image);
    if (name.contains("UEFI")) { // packed there
      Medium medium = MediumReader.read(ByteSource.of("x", image));
      assertEquals(new String(script, US_ASCII), medium.uefi().orElseThrow().script());
      assertTrue(part.length > 500 && part.length < script.length, part.length + " bytes");
    } else {
      assertArrayEquals(script, part);
    }
  }

  private static byte[] part(JsonObject receipt, String name, byte[] image) {
    JsonArray parts = receipt.getAsJsonArray("layout").deepCopy();
    parts.addAll(receipt.getAsJsonArray("views"));
    for (JsonElement element : parts) {
      JsonObject part = element.getAsJsonObject();
      if (part.get("name").getAsString().equals(name)) {
        int from = part.get("offset").getAsInt();
        return Arrays.copyOfRange(image, from, from + part.get("length").getAsInt());
      }
    }
    throw new AssertionError(name + " is not in " + parts);
  }

  @ParameterizedTest
  @CsvSource({
    "iso,zboot-farm4242-main.iso,BIOS.BIN BOOTX64.EFI",
    "iso --firmware bios,zboot-farm4242-main-bios.iso,BIOS.BIN",
    "iso --firmware uefi,zboot-farm4242-main-uefi.iso,BOOTX64.EFI"
  })
  void isoHoldsWhatItsFirmwareStartsAndNothingElse(String form, String name, String files) {
    Path file = folder.resolve(name);
    CliRun run = CliRun.of((form + " --farm-id 4242 -o " + file).split(" ", -1));
    assertEquals(0, run.exitCode(), run.err());
    String listing = ForeignTool.require("isoinfo").run("-f", "-i", file.toString()).ok();
    for (String one : List.of("BIOS.BIN", "BOOTX64.EFI")) {
      assertEquals(files.contains(one), listing.contains(one), listing);
    }
  }

  @Test
  void anotherUserLocaleAndTimeZoneGetTheSameBytes() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String user = System.getProperty("user.name");
    for (String form : new String[] {"script", "iso", "usb", "efi", "lkrn"}) {
      byte[] here = CliRun.of(form, "--farm-id", "4242", "-o", "-").out();
      try {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
        System.setProperty("user.name", "somebody");
        assertArrayEquals(here, CliRun.of(form, "--farm-id", "4242", "-o", "-").out());
      } finally {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
        System.setProperty("user.name", user);
      }
    }
  }

  @Test
  void filesAreReadableForOthersAsTheUmaskSays() throws IOException {
    Path file = folder.resolve("x.ipxe");
    CliRun.of("script", "--farm-id", "1", "-o", file.toString());
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    assertEquals(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)),
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aLinkKeepsPointingWhereItDid() throws IOException {
    Path real = Files.writeString(folder.resolve("real.ipxe"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.ipxe"), real);
    CliRun run = CliRun.of("script", "--farm-id", "1", "--force", "-o", link.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.readString(real).startsWith("#!ipxe"));
  }

  @Test
  void plainHttpIsWarnedAbout() {
    CliRun run = CliRun.of("script", "--farm-id", "1", "--kernel-url", "http://192.0.2.1/k");
    assertTrue(run.err().contains("Warning: http://192.0.2.1/k is plain HTTP"), run.err());
  }

  @Test
  void helpAndVersion() {
    for (String command : new String[] {"script", "iso", "usb", "efi", "lkrn"}) {
      CliRun help = CliRun.of(command, "--help");
      assertEquals(0, help.exitCode());
      assertTrue(help.text().lines().count() <= 24, help.text());
      assertTrue(help.text().lines().allMatch(line -> line.length() <= 80), help.text());
      assertTrue(help.text().contains("Example:"), help.text());
    }
    assertTrue(CliRun.of("--version").text().startsWith("zboot 0."));
  }
}
