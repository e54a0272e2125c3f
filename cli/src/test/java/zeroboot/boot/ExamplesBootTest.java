package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
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
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** Every profile in examples/ makes, with the command that it names, an image that boots. */
@Tag("boot")
@Tag("long")
class ExamplesBootTest {
  /** Of the network card that the examples pin, or list in a rack. */
  private static final Nic CARD = Nic.e1000().mac("00:00:5e:00:53:01");

  @TempDir private Path folder;

  static Stream<Example> examples() {
    return Example.all().stream().filter(example -> !example.verb().equals("netboot"));
  }

  /** All but those that make no image: NetbootBootTest starts these. */
  @ParameterizedTest
  @MethodSource("examples")
  void boots(Example example) {
    List<String> command = example.command(folder);
    Path image = folder.resolve("image");
    command.addAll(List.of("--json", "-o", image.toString()));
    CliRun run = CliRun.of(command.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    JsonObject receipt = run.json();
    boolean uefi = receipt.get("firmware").getAsString().equals("uefi");
    Qemu machine = Qemu.with(uefi ? Firmware.UEFI : Firmware.BIOS).nic(CARD);
    machine =
        command.get(0).equals("iso")
            ? machine.cd(CdBus.IDE, image)
            : machine.disk(DiskBus.VIRTIO, image);
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
      String url = node.getAsJsonArray("kernelUrls").get(0).getAsString();
      // What is too long for our line is said by iPXE alone.
      lines.add(url.length() <= 55 ? "Fetching the kernel: " + url + "\n" : url + "...");
    }
    return lines;
  }
}
