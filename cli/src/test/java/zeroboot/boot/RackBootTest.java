package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.HttpStub;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** One image for many nodes: each finds out what it is told. */
@Tag("boot")
class RackBootTest {
  private static final Nic FIRST = Nic.e1000();
  private static final Nic SECOND = Nic.e1000().mac("52:54:00:00:53:02");

  @TempDir private Path folder;
  private KernelServer server;

  @BeforeEach
  void serve() {
    server = new KernelServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** The listed card is not the one that is used, and that one has a fixed address. */
  @Test
  void aNodeIsKnownByAnyOfItsCards() throws IOException {
    try (QemuMachine running = start(Firmware.BIOS, rack("52:54:00:00:53:01"), FIRST, SECOND)) {
      Console console = running.console();
      console.await("  Farm ID 4242 on the main network");
      console.await("  Node node-01\n");
      console.await("net1: 82540em, MAC 52:54:00:00:53:02\n");
      console.await("net1: link up, using the fixed address of this image\n");
      console.await("net1: address 10.0.2.77, mask 255.255.255.0\n");
      console.await("net1: gateway 10.0.2.2\n");
      console.await("net1: DNS 10.0.2.3\n");
      KernelServer.awaitKernel(console);
      assertFalse(console.text().contains("net0: 82540em"), console.text());
    }
  }

  @Test
  void aMachineThatIsNotListedGetsTheDefaults() throws IOException {
    try (QemuMachine running = start(Firmware.UEFI, rack("52:54:00:00:53:99"), FIRST)) {
      Console console = running.console();
      console.await("  Farm ID 17 on the test network");
      console.await("  No MAC of this machine is among the 1 listed nodes: defaults\n");
      console.await("net0: address 10.0.2.15, mask 255.255.255.0\n");
      console.await("Starting Zero-OS for farm 17: farmer_id=17 runmode=test version=v3 ");
    }
  }

  @Test
  void aCardThatIsNotThereIsSaidAtOnce() {
    Medium usb = Medium.usb(folder, "--interface", "00:00:5E:00:53:01", "--failure-wait", "3600");
    try (QemuMachine running = start(Firmware.BIOS, usb.file(), FIRST)) {
      Console console = running.console();
      console.await("COULD NOT START THIS NODE");
      console.await("uses the network card 00:00:5e:00:53:01 only, and that is not here");
      console.await("Restarting in 3600 seconds");
    }
  }

  @Test
  void aProvisioningServerTellsEachNode() {
    String script =
        "#!ipxe\necho provisioned ${net0/mac}\nimgfetch --name k "
            + server.stub().url("/k")
            + "\nimgargs k farmer_id=4242 runmode=prod version=v3 earlyprintk=ttyS0\nimgexec k\n";
    server.stub().on("/provision/52:54:00:00:53:01", HttpStub.status(503), HttpStub.text(script));
    Path image = folder.resolve("provision.img");
    make("--provision-url", server.stub().url("/provision"), "-o", image.toString());
    try (QemuMachine running = start(Firmware.BIOS, image, FIRST)) {
      Console console = running.console();
      console.await("  This node asks a server what to do     image ");
      console.await("Fetching the script: " + server.stub().url("/provision/52:54:00:00:53:01"));
      console.await("the server has trouble of its own (5xx)");
      console.await("Running the script of the provisioning server\n");
      console.await("provisioned 52:54:00:00:53:01\n");
      console.await("Command line: farmer_id=4242 runmode=prod version=v3 ");
    }
  }

  private Path rack(String mac) throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("farm.yaml"),
            String.join(
                "\n",
                List.of(
                    "farm-id: 17",
                    "network: test",
                    "kernel-url: " + server.stub().url("/k"),
                    "kernel-arg: earlyprintk=ttyS0",
                    "nodes:",
                    "  - name: node-01",
                    "    mac: '" + mac + "'",
                    "    farm-id: 4242",
                    "    network: main",
                    "    interface: 52:54:00:00:53:02",
                    "    address: 10.0.2.77/24",
                    "    gateway: 10.0.2.2",
                    "    dns: 10.0.2.3")));
    Path image = folder.resolve("rack.img");
    make("--config", profile.toString(), "-o", image.toString());
    return image;
  }

  private static void make(String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "usb";
    System.arraycopy(options, 0, args, 1, options.length);
    CliRun run = CliRun.of(args);
    assertEquals(0, run.exitCode(), run.err());
  }

  private static QemuMachine start(Firmware firmware, Path image, Nic... cards) {
    Qemu machine = Qemu.with(firmware).disk(DiskBus.VIRTIO, image);
    for (Nic card : cards) {
      machine = machine.nic(card);
    }
    return machine.start();
  }
}
