package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Dnsmasq;
import zeroboot.testing.Firmware;
import zeroboot.testing.Lan;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;
import zeroboot.testing.TaggedPort;

/** One image for many nodes: each finds out what it is told, and gets its address that way. */
@Tag("boot")
class RackBootTest {
  private static final String RACK =
      """
      farm-id: 17
      network: test
      network-wait: 1
      kernel-url: %s
      kernel-arg: earlyprintk=ttyS0
      nodes:
        - name: pinned
          mac: '52:54:00:00:53:01'
          farm-id: 4242
          network: main
          interface: '52:54:00:00:53:02'
        - name: tagged
          mac: '52:54:00:00:53:03'
          farm-id: 4242
          network: main
          vlan: 302
        - name: fixed
          mac: '52:54:00:00:53:04'
          farm-id: 4242
          network: main
          address: 192.0.2.77/24
          gateway: %s
          dns: %s
      """;

  @TempDir private static Path shared;
  private static Path image = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    Path profile = shared.resolve("rack.yaml");
    Files.writeString(profile, RACK.formatted(FarmLan.KERNEL_URL, Lan.SERVER, Lan.SERVER));
    image = shared.resolve("rack.img");
    CliRun run = CliRun.of("usb", "--config", profile.toString(), "-o", image.toString());
    assertEquals(0, run.exitCode(), run.err());
  }

  private static Qemu pc(Firmware firmware) {
    return Qemu.with(firmware).disk(DiskBus.VIRTIO, image);
  }

  private static Nic card(int number) {
    return Nic.e1000().mac("52:54:00:00:53:0" + number);
  }

  /** The listed card is not the one that the node is to use. */
  @Test
  void pinnedNodeAsksWithThatCardOnly() {
    try (Lan lan = FarmLan.create(folder)) {
      Dnsmasq dhcp = lan.dnsmasq(FarmLan.DHCP);
      Qemu machine = lan.plug(lan.plug(pc(Firmware.UEFI), card(1)), card(2));
      try (QemuMachine running = machine.start()) {
        Console console = running.console();
        awaitNode(console, "pinned");
        FarmLan.awaitLease(console, "net1", dhcp, card(2).mac());
        KernelServer.awaitKernel(console);
        assertFalse(console.text().contains("net0: "), console.text());
        assertEquals(Set.of(card(2).mac()), dhcp.askedBy());
      }
    }
  }

  @Test
  void taggedNodeGetsItsAddressInItsVlan() {
    try (Lan lan = FarmLan.create(folder);
        TaggedPort port = lan.taggedPort(302)) {
      Dnsmasq dhcp = lan.dnsmasq(FarmLan.DHCP);
      try (QemuMachine running = port.plug(pc(Firmware.BIOS), card(3)).start()) {
        Console console = running.console();
        awaitNode(console, "tagged");
        FarmLan.awaitLease(console, "net0-302", dhcp, card(3).mac());
        KernelServer.awaitKernel(console);
        assertTrue(port.carried() > 0);
      }
    }
  }

  /** Shows that the test above can fail, and that the next card is tried. */
  @Tag("long")
  @Test
  void untaggedNodeGetsNothingFromATaggedPort() {
    try (Lan lan = FarmLan.create(folder);
        TaggedPort port = lan.taggedPort(302)) {
      Dnsmasq dhcp = lan.dnsmasq(FarmLan.DHCP);
      Qemu machine = lan.plug(port.plug(pc(Firmware.BIOS), card(5)), card(6));
      try (QemuMachine running = machine.start()) {
        Console console = running.console();
        console.await("net0: link up, asking for an address (DHCP)\n");
        console.await("net0: no address. Is a router with DHCP on this cable?\n");
        FarmLan.awaitLease(console, "net1", dhcp, card(6).mac());
        assertEquals(Set.of(card(6).mac()), dhcp.askedBy());
        assertEquals(0, port.carried());
        assertTrue(port.refused() > 0);
      }
    }
  }

  @Test
  void fixedNodeNeedsNoDhcpServer() {
    try (Lan lan = FarmLan.create(folder)) {
      Dnsmasq dnsOnly = lan.dnsmasq();
      try (QemuMachine running = lan.plug(pc(Firmware.BIOS), card(4)).start()) {
        Console console = running.console();
        awaitNode(console, "fixed");
        console.await("net0: link up, using the fixed address of this image\n");
        FarmLan.awaitAddress(console, "net0", "192.0.2.77");
        KernelServer.awaitKernel(console);
        assertFalse(dnsOnly.text().contains("dnsmasq-dhcp"), dnsOnly.text());
      }
    }
  }

  @Tag("long")
  @Test
  void unlistedNodeGetsTheDefaultsAndWaitsForTheDhcpServer() {
    try (Lan lan = FarmLan.create(folder);
        QemuMachine running = lan.plug(pc(Firmware.BIOS), card(7)).start()) {
      Console console = running.console();
      console.await("  Farm ID 17 on the test network");
      console.await("  No MAC of this machine is among the 3 listed nodes: defaults\n");
      console.await("net0: no address. Is a router with DHCP on this cable?\n");
      Dnsmasq dhcp = lan.dnsmasq(FarmLan.DHCP);
      console.await("Not yet. Waiting 1 seconds before the next attempt.\n");
      console.await("Looking for a network, attempt 2 of 4\n");
      FarmLan.awaitLease(console, "net0", dhcp, card(7).mac());
      console.await("Starting Zero-OS for farm 17\n   farmer_id=17 runmode=test version=v3 ");
    }
  }

  private static void awaitNode(Console console, String name) {
    console.await("  Farm ID 4242 on the main network");
    console.await("  Node " + name + "\n");
  }
}
