package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zeroboot.cli.CliRun;
import zeroboot.testing.CdBus;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** Every profile in examples/ makes, with the command that it names, an image that boots. */
@Tag("boot")
class ExamplesBootTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String COMMAND = "#   zboot ";

  /** Of the network card that the examples pin, or list in a rack. */
  private static final Nic CARD = Nic.e1000().mac("00:00:5e:00:53:01");

  @TempDir private Path folder;

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<Path> profiles =
          files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      return profiles.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void boots(Path example) {
    List<String> command = command(example);
    boolean network = command.get(0).equals("netboot");
    Path image = folder.resolve("image");
    if (network) {
      // The command names its folder.
      command.subList(command.indexOf("-o"), command.size()).clear();
    }
    command.addAll(List.of("--json", "-o", image.toString()));
    CliRun run = CliRun.of(command.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    JsonObject receipt = run.json();
    if (network) {
      String served = "tftp=" + image + ",bootfile=";
      boots(Qemu.with(Firmware.UEFI).nic(Nic.virtio().network(served + "zboot.efi")), receipt);
      Nic card = CARD.withBootRom().network(served + "zboot.lkrn");
      boots(Qemu.with(Firmware.BIOS).nic(card), receipt);
      return;
    }
    boolean uefi = receipt.get("firmware").getAsString().equals("uefi");
    Qemu machine = Qemu.with(uefi ? Firmware.UEFI : Firmware.BIOS).nic(CARD);
    boots(
        command.get(0).equals("iso")
            ? machine.cd(CdBus.IDE, image)
            : machine.disk(DiskBus.VIRTIO, image),
        receipt);
  }

  private static void boots(Qemu machine, JsonObject receipt) {
    try (QemuMachine running = machine.start()) {
      expected(receipt).forEach(running.console()::await);
    }
  }

  /** What a machine with the card above shows, in this order. */
  private static List<String> expected(JsonObject receipt) {
    JsonObject node = receipt;
    if (receipt.has("nodes")) {
      node = receipt.getAsJsonArray("nodes").get(0).getAsJsonObject();
    }
    JsonObject settings = node.getAsJsonObject("settings");
    List<String> lines = new ArrayList<>();
    if (settings.has("provision-url")) {
      lines.add("  This node asks a server what to do");
      lines.add("net0: address 10.0.2.15");
      lines.add("Fetching the script: https://boot.example.com/provision/00:00:5e:00:53:01");
      return lines;
    }
    lines.add(
        "  Farm ID "
            + node.get("farmId").getAsLong()
            + " on the "
            + node.get("network").getAsString()
            + " network     image "
            + receipt.get("imageId").getAsString());
    if (node.has("node")) {
      lines.add("  Node " + node.get("node").getAsString() + "\n");
    }
    String card = settings.has("vlan") ? "net0-" + settings.get("vlan").getAsInt() : "net0";
    if (settings.has("address")) {
      lines.add(card + ": address " + settings.get("address").getAsString().replace("/24", ","));
    } else {
      lines.add(card + ": link up, asking for an address (DHCP)");
    }
    if (settings.has("address") || !settings.has("vlan")) {
      JsonElement url = node.getAsJsonArray("kernelUrls").get(0);
      lines.add("Fetching the kernel: " + url.getAsString());
    }
    return lines;
  }

  private List<String> command(Path example) {
    List<String> words = new ArrayList<>();
    for (String word : commandLine(example).split(" ", -1)) {
      if (word.startsWith("examples/")) {
        words.add(EXAMPLES.resolve(word.substring("examples/".length())).toString());
      } else if (word.equals("ca.pem")) {
        words.add(authority().toString());
      } else {
        words.add(word);
      }
    }
    assertTrue(words.contains(example.toString()), "the command is of another profile: " + words);
    return words;
  }

  private static String commandLine(Path example) {
    try (Stream<String> lines = Files.lines(example)) {
      return lines
          .filter(line -> line.startsWith(COMMAND))
          .findFirst()
          .orElseThrow(() -> new AssertionError(example + " names no command"))
          .substring(COMMAND.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The certificate of a private authority. */
  private Path authority() {
    Path certificate = folder.resolve("ca.pem");
    ForeignTool.require("openssl")
        .run(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=Example authority",
            "-days",
            "2",
            "-addext",
            "basicConstraints=critical,CA:TRUE",
            "-keyout",
            folder.resolve("ca.key").toString(),
            "-out",
            certificate.toString())
        .ok();
    return certificate;
  }
}
