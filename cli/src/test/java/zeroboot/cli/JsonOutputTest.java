package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.core.BundledCore;
import zeroboot.ground.Sha256;
import zeroboot.spec.Setting;

/**
 * What programs read. {@link CliRun} holds every {@code --json} of every test against its schema;
 * here are those that no other test prints, and proofs that the schemas can say no.
 */
class JsonOutputTest {
  private static final String RACK =
      """
      farm-id: 7
      vlan: 302
      kernel-arg: [a=b]
      missing-ssd: true
      nodes:
      - name: node-01
        mac: 00:00:5e:00:53:01
        dns: [192.0.2.53]
      - name: node-02
        mac: 00:00:5e:00:53:02
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"iso", "usb", "efi", "lkrn", "script"})
  void receipts(String form) throws IOException {
    Path rack = Files.writeString(folder.resolve("farm.yaml"), RACK);
    Path file = folder.resolve("file");
    json(form, "--farm-id", "7", "-o", file.toString(), "--json");
    json("inspect", file.toString(), "--json");
    if (!form.equals("script")) { // of which nothing says who made it
      json("verify", file.toString(), "--json");
    }
    json(form, "--config", rack.toString(), "-o", file.toString(), "--force", "--json");
    JsonObject found = json("inspect", file.toString(), "--json");
    assertEquals(2, found.getAsJsonArray("nodes").size());
    json(form, "--provision-url", "http://192.0.2.1/p/", "-o", file + "2", "--json");
    json("inspect", file + "2", "--json");
  }

  /** What lies on a medium for people is for programs too. */
  @ParameterizedTest
  @ValueSource(strings = {"iso", "usb"})
  void recordsOnMedia(String form) throws IOException {
    Path rack = Files.writeString(folder.resolve("farm.yaml"), RACK);
    Path file = folder.resolve("file");
    for (List<String> settings :
        List.of(
            List.of("--farm-id", "7"),
            List.of("--config", rack.toString()),
            List.of("--provision-url", "http://192.0.2.1/p/"))) {
      List<String> words =
          new ArrayList<>(List.of(form, "-o", file.toString(), "--force", "--json"));
      words.addAll(settings);
      JsonObject receipt = json(words.toArray(String[]::new));
      JsonObject record = record(receipt, Files.readAllBytes(file));
      assertEquals(receipt.get("imageId"), record.get("imageId"));
      assertEquals(receipt.get("settings"), record.get("settings"));
    }
  }

  private static JsonObject record(JsonObject receipt, byte[] bytes) {
    List<JsonElement> parts = new ArrayList<>(receipt.getAsJsonArray("layout").asList());
    parts.addAll(receipt.getAsJsonArray("views").asList());
    for (JsonElement part : parts) {
      JsonObject extent = part.getAsJsonObject();
      if (extent.get("name").getAsString().endsWith("ZBOOT.JSN")) {
        int offset = extent.get("offset").getAsInt();
        int length = extent.get("length").getAsInt();
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        JsonSchemas.check("record", text);
        return JsonParser.parseString(text).getAsJsonObject();
      }
    }
    throw new AssertionError("no record in " + receipt);
  }

  @Test
  void batches() throws IOException {
    Path rack = Files.writeString(folder.resolve("farm.yaml"), RACK);
    Path out = folder.resolve("images");
    CliRun run = run("batch", rack.toString(), "--form", "usb,efi", "-o", out.toString(), "--json");
    assertEquals(run.text(), Files.readString(out.resolve("manifest.json")));
  }

  @Test
  void netboot() {
    json(
        "netboot",
        "--farm-id",
        "7",
        "--server",
        "192.0.2.1",
        "-o",
        folder.resolve("n").toString(),
        "--json");
  }

  @Test
  void settings() throws IOException {
    Path rack = Files.writeString(folder.resolve("farm.yaml"), RACK);
    json("config", "show", "--config", rack.toString(), "--json");
    json("config", "show", "--config", rack.toString(), "--node", "node-01", "--json");
    JsonArray all = json("config", "list", "--json").getAsJsonArray("settings");
    assertTrue(all.size() > 30, all.toString());
  }

  @Test
  void cores() {
    json("core", "list", "--json");
    json("core", "show", "--json");
    json("--version", "--json");
  }

  @Test
  void signing() throws IOException {
    FarmKeys keys = FarmKeys.make(folder);
    Path file = Files.writeString(folder.resolve("file"), "text");
    json(
        keys.with("keys", "new", "--name", "A", "-o", folder.resolve("more").toString(), "--json"));
    JsonObject receipt =
        json(keys.with("sign", "--key", keys.file("sign.p12"), file.toString(), "--json"));
    JsonObject result = receipt.getAsJsonArray("results").get(0).getAsJsonObject();
    assertEquals(file + ".sig", result.get("result").getAsString());
    assertEquals(
        Sha256.hex(Files.readAllBytes(Path.of(file + ".sig"))), result.get("sha256").getAsString());
    json("keys", "show", keys.file("sign.pem"), keys.file("db.pem"), "--json");
    Path core = Files.write(folder.resolve("core"), BundledCore.load().efi());
    String revoked = folder.resolve("revoked").toString();
    json(
        keys.with(
            "keys", "revoke", "--key", keys.file("KEK.p12"), core + "", "-o", revoked, "--json"));
    JsonObject made =
        json(
            keys.with(
                "usb",
                "--farm-id",
                "1",
                "--secure-boot-key",
                keys.file("db.p12"),
                "--sign-key",
                keys.file("sign.p12"),
                "-o",
                folder + "/x",
                "--json"));
    assertTrue(made.get("secureBootCertificate").isJsonObject());
    json("inspect", folder + "/x", "--json");
    json(
        keys.with(
            "usb",
            "--farm-id",
            "1",
            "--force",
            "--sign-key",
            keys.file("sign.p12"),
            "-o",
            folder + "/x",
            "--json"));
    assertTrue(json("verify", folder + "/x", "--json").get("verified").getAsBoolean());
    byte[] bytes = Files.readAllBytes(folder.resolve("x"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("x"), bytes);
    CliRun failed = CliRun.of("verify", folder + "/x", "--json");
    assertEquals(5, failed.exitCode(), failed.err());
    assertFalse(failed.json().get("verified").getAsBoolean());
  }

  @Test
  void devices() {
    json("devices", "--all", "--json");
    json("devices", "--json");
  }

  @Test
  void writing() throws IOException {
    Path image = Files.write(folder.resolve("image"), new byte[100_000]);
    Path target = folder.resolve("target");
    CliRun run = run("write", "--json", "--any-image", image.toString(), target.toString());
    List<String> events = new ArrayList<>();
    run.text()
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject().get("event").getAsString())
        .forEach(events::add);
    assertEquals("plan", events.get(0));
    assertEquals("done", events.get(events.size() - 1));
    assertTrue(events.contains("progress"), events.toString());
    CliRun refused =
        CliRun.of("write", "--json", "--any-image", image.toString(), folder.toString());
    assertEquals(4, refused.exitCode());
    assertTrue(refused.text().contains("\"event\":\"refused\""), refused.text());
  }

  /** An error is a line on standard error; standard output stays empty. */
  @Test
  void errorsAreNoJson() {
    CliRun run = CliRun.of("iso", "--farm-id", "0", "--json", "-o", folder + "/x");
    assertEquals(3, run.exitCode());
    assertEquals("", run.text());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  /** A schema that lets everything pass would be no judge. */
  @Test
  void theSchemasSayNo() {
    JsonObject receipt = json("usb", "--farm-id", "7", "-o", folder + "/x", "--json");
    assertEquals(List.of(), JsonSchemas.errors("receipt", receipt.toString()));
    for (String key : new TreeSet<>(receipt.keySet())) {
      if (!List.of("farmId", "network", "kernelUrls", "kernelCommandLine").contains(key)) {
        JsonObject less = receipt.deepCopy();
        less.remove(key);
        assertEquals(1, JsonSchemas.errors("receipt", less.toString()).size(), key);
      }
    }
    JsonObject more = receipt.deepCopy();
    more.addProperty("surprise", 1);
    assertEquals(1, JsonSchemas.errors("receipt", more.toString()).size());
    JsonObject deep = receipt.deepCopy();
    deep.getAsJsonObject("core").addProperty("surprise", 1);
    assertEquals(1, JsonSchemas.errors("receipt", deep.toString()).size());
    JsonObject setting = receipt.deepCopy();
    setting.getAsJsonObject("settings").addProperty("surprise", 1);
    assertFalse(JsonSchemas.errors("receipt", setting.toString()).isEmpty());
    JsonObject list = json("devices", "--all", "--json");
    for (JsonElement device : list.getAsJsonArray("devices")) {
      device.getAsJsonObject().addProperty("surprise", 1);
      assertFalse(JsonSchemas.errors("devices", list.toString()).isEmpty());
    }
    assertFalse(JsonSchemas.errors("write", "{\"format\":1,\"event\":\"surprise\"}").isEmpty());
  }

  /** A program that was written today reads what a later zboot prints. */
  @Test
  void theSchemasAllowFieldsToCome() {
    JsonObject receipt = json("usb", "--farm-id", "7", "-o", folder + "/x", "--json");
    receipt.addProperty("surprise", 1);
    for (String inside : List.of("core", "settings")) {
      receipt.getAsJsonObject(inside).addProperty("surprise", 1);
    }
    assertEquals(List.of(), JsonSchemas.errorsForOthers("receipt", receipt.toString()));
    receipt.getAsJsonObject("settings").addProperty("vlan", "not a number");
    assertEquals(1, JsonSchemas.errorsForOthers("receipt", receipt.toString()).size());
  }

  /**
   * In a receipt stands what a profile may say, but for the nodes. Brought up to date by running
   * this test with {@code ZBOOT_RENEW_GUIDES=1}.
   */
  @Test
  void theSchemaKnowsEverySetting() throws IOException {
    Path file = JsonSchemas.FOLDER.resolve("common.schema.json");
    JsonObject common = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    JsonObject known = new JsonObject();
    for (Setting setting : Setting.values()) {
      JsonObject reference = new JsonObject();
      reference.addProperty("$ref", "profile.schema.json#/properties/" + setting.key());
      known.add(setting.key(), reference);
    }
    JsonObject settings = common.getAsJsonObject("$defs").getAsJsonObject("settings");
    JsonObject written = settings.getAsJsonObject("properties");
    settings.add("properties", known);
    if (JsonSchemas.isRenewing()) {
      JsonSchemas.write(file, common);
      return;
    }
    assertEquals(known.toString(), written.toString(), JsonSchemas.mend(file));
  }

  private static JsonObject json(String... args) {
    return run(args).json();
  }

  private static CliRun run(String... args) {
    CliRun run = CliRun.of(args);
    assertEquals(0, run.exitCode(), run.err());
    assertFalse(new String(run.out(), StandardCharsets.UTF_8).isEmpty(), "nothing printed");
    return run;
  }
}
