package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.console.ProgressBar;
import zeroboot.ground.Sha256;
import zeroboot.image.Forms;
import zeroboot.testing.ForeignTool;

class BatchTest {
  private static final List<String> FILES =
      List.of(
          "SHA256SUMS",
          "manifest.json",
          "zboot-farm4242-main-node-01.img",
          "zboot-farm4242-main-node-01.iso",
          "zboot-farm7-main-node-02.img",
          "zboot-farm7-main-node-02.iso");

  @TempDir private Path folder;
  private Path profile;
  private Path images;

  @BeforeEach
  void write() throws IOException {
    images = folder.resolve("images");
    profile =
        Files.writeString(
            folder.resolve("farm.yaml"),
            """
            farm-id: 4242
            nodes:
              - {name: node-01, mac: '00:00:5E:00:53:01', vlan: 302}
              - {name: node-02, farm-id: 7}
            """);
  }

  @Test
  void makesEveryFormOfEveryNode() throws IOException {
    CliRun run = batch("--form", "usb,iso");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(FILES, names(images));
    assertTrue(run.err().startsWith("Farm IDs 4242, 7\n"), run.err());
    assertTrue(run.err().contains("images: 4 images for 2 nodes\n"), run.err());
    CliRun single =
        CliRun.of("iso", "--config", profile.toString(), "--node", "node-02", "-o", "-");
    assertArrayEquals(single.out(), Files.readAllBytes(images.resolve(FILES.get(5))));
  }

  @Test
  void othersCanCheckTheSet() throws IOException {
    assertEquals(0, batch("--form", "efi,lkrn").exitCode());
    String script = "cd '" + images + "' && sha256sum --strict -c SHA256SUMS";
    assertEquals(5, ForeignTool.require("sh").run("-c", script).ok().lines().count());
  }

  @Test
  void manifestSaysWhatIsWhere() throws IOException {
    CliRun run = batch("--json");
    assertEquals(run.text(), Files.readString(images.resolve("manifest.json")));
    JsonObject manifest = JsonParser.parseString(run.text()).getAsJsonObject();
    JsonObject node = manifest.getAsJsonArray("nodes").get(0).getAsJsonObject();
    assertEquals("node-01", node.get("node").getAsString());
    assertEquals("00:00:5e:00:53:01", node.get("mac").getAsString());
    assertEquals(302, node.getAsJsonObject("settings").get("vlan").getAsInt());
    JsonObject image = node.getAsJsonArray("images").get(0).getAsJsonObject();
    Path file = images.resolve(image.get("file").getAsString());
    assertEquals(Files.size(file), image.get("size").getAsLong());
    assertEquals(Sha256.hex(Files.readAllBytes(file)), image.get("sha256").getAsString());
  }

  @Test
  void theOrderOfThreadsDoesNotShow() throws IOException {
    assertEquals(0, batch().exitCode());
    byte[] first = Files.readAllBytes(images.resolve("SHA256SUMS"));
    assertEquals(0, batch("--force").exitCode());
    assertArrayEquals(first, Files.readAllBytes(images.resolve("SHA256SUMS")));
  }

  @Test
  void whatIsInTheFolderStays() throws IOException {
    Files.createDirectory(images);
    Files.writeString(images.resolve("mine.txt"), "mine");
    refused(4, "not empty", List.of("mine.txt"));
    assertEquals(0, batch("--force").exitCode());
    assertEquals("mine", Files.readString(images.resolve("mine.txt")));
    assertEquals(5, names(images).size());
  }

  @Test
  void anEmptyFolderIsFilled() throws IOException {
    Files.createDirectory(images);
    assertEquals(0, batch().exitCode());
    assertEquals(4, names(images).size());
  }

  @Test
  void badNodesAreFoundBeforeAnythingIsMade() throws IOException {
    Files.writeString(profile, "farm-id: 1\nnodes: [{name: a}, {name: b, gateway: 192.0.2.1}]\n");
    refused(3, "farm.yaml:2:39: gateway", List.of());
    Files.writeString(profile, "nodes: [{name: a, farm-id: 1}, {name: b}]\n");
    refused(2, "the farm ID is missing", List.of());
    Files.writeString(profile, "farm-id: 1\n");
    refused(2, "no list of nodes", List.of());
  }

  @Test
  void wrongUsage() throws IOException {
    String names = String.join(", ", Forms.names());
    refused(2, "use one of " + names, List.of(), "--form", "floppy");
    refused(2, "named twice", List.of(), "--config", profile.toString());
    refused(2, "--node c: is not there", List.of(), "--node", "c");
    images = folder.resolve("no/images");
    refused(2, "is not there", List.of());
    images = profile;
    refused(4, "is a file", List.of());
  }

  @Test
  void aFullDiskLeavesNothing() throws IOException {
    ForeignTool mount = ForeignTool.require("mount");
    ForeignTool umount = ForeignTool.require("umount");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        mount.run("-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()).exitCode() == 0,
        "only root may mount");
    try {
      images = disk.resolve("images");
      refused(1, "space", List.of());
      assertEquals(List.of(), names(disk));
    } finally {
      umount.run(disk.toString()).ok();
    }
  }

  @Test
  void theBarFillsUp() {
    assertEquals("[" + ".".repeat(40) + "] 0 of 4 images", ProgressBar.text(0, 4, "images"));
    assertEquals(
        "[" + "#".repeat(30) + ".".repeat(10) + "] 3 of 4 images",
        ProgressBar.text(3, 4, "images"));
  }

  private CliRun batch(String... more) {
    List<String> args = new ArrayList<>(List.of("batch", profile.toString()));
    args.addAll(List.of("-o", images.toString()));
    args.addAll(List.of(more));
    return CliRun.of(args.toArray(String[]::new));
  }

  private void refused(int exitCode, String says, List<String> left, String... more)
      throws IOException {
    CliRun run = batch(more);
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().contains(says), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals(left, Files.isDirectory(images) ? names(images) : List.of());
  }

  private static List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
