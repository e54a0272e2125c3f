package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.image.StickRecord;

/** {@code --table gpt}: every command knows what it makes. */
class PartitionTableTest {
  @TempDir private Path folder;

  private CliRun run(String... words) {
    CliRun run = CliRun.of(words);
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  @Test
  void everyCommandKnowsAnImageWithGpt() throws IOException {
    String image = folder.resolve("gpt.img").toString();
    CliRun receipt = run("usb", "--table", "GPT", "--farm-id", "4242", "-o", image, "--json");
    assertEquals(List.of(), JsonSchemas.errors("receipt", receipt.text()));
    assertEquals("usb-gpt", receipt.json().get("form").getAsString());
    CliRun inspected = run("inspect", image, "--json");
    assertEquals(List.of(), JsonSchemas.errors("inspect", inspected.text()));
    assertEquals("usb-gpt", inspected.json().get("kind").getAsString());
    assertEquals(2, inspected.json().getAsJsonArray("partitions").size());
    CliRun verified = run("verify", image, "--json");
    assertEquals(List.of(), JsonSchemas.errors("verify", verified.text()));
    assertTrue(verified.json().get("asMade").getAsBoolean(), verified.text());
    Path stick = folder.resolve("stick");
    assertTrue(run("write", image, stick.toString()).err().contains("GPT disk image of zboot"));
    assertArrayEquals(Files.readAllBytes(Path.of(image)), Files.readAllBytes(stick));
    StickRecord record = StickRecord.on(Files.readAllBytes(stick)).orElseThrow();
    assertEquals(OptionalLong.of(4242), record.farmId());
  }

  @Test
  void writeMakesWhatUsbMakes() throws IOException {
    Path made = folder.resolve("made");
    Path written = folder.resolve("written");
    run("usb", "--table", "gpt", "--farm-id", "7", "-o", made.toString());
    run("write", "--table", "gpt", "--farm-id", "7", written.toString());
    assertArrayEquals(Files.readAllBytes(made), Files.readAllBytes(written));
  }

  @Test
  void anotherTableIsRefused() {
    CliRun run = CliRun.of("usb", "--farm-id", "7", "--table", "apm");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("use one of mbr, gpt"), run.err());
  }

  @Test
  void batchMakesBothTables() throws IOException {
    Path farm =
        Files.writeString(
            folder.resolve("farm.yaml"),
            "farm-id: 7\nnodes:\n  - name: node-01\n    mac: 00:00:5e:00:53:01\n");
    Path out = folder.resolve("images");
    CliRun run =
        run("batch", farm.toString(), "--form", "usb,usb-gpt", "-o", out.toString(), "--json");
    assertEquals(List.of(), JsonSchemas.errors("batch", run.text()));
    assertTrue(Files.exists(out.resolve("zboot-farm7-main-node-01.img")), run.text());
    assertTrue(Files.exists(out.resolve("zboot-farm7-main-node-01.gpt.img")), run.text());
  }
}
