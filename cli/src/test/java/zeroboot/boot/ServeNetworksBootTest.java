package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.ground.Sha256;
import zeroboot.testing.Console;
import zeroboot.testing.Dnsmasq;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Lan;
import zeroboot.testing.LanHost;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** {@code zboot serve} in networks that are not plain. */
@Tag("boot")
class ServeNetworksBootTest {
  private static final Nic ROM_CARD = Nic.e1000().withBootRom();
  private static final String BANNER = "Farm ID 4242 on the main network";

  @TempDir private Path folder;

  @Test
  void routerThatNamesAFileAndASecondServerAreNamed() {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder);
        ServeHost other = ServeHost.in(lan, folder, "192.0.2.5")) {
      lan.dnsmasq(FarmLan.DHCP, "--dhcp-boot=wrong.0");
      host.serve("--farm-id", "4242");
      host.program().await("names a boot file of its own, wrong.0");
      other.serve("--farm-id", "4242");
      other.program().await("there is another boot server, " + ServeHost.ADDRESS);
    }
  }

  @Tag("long")
  @Test
  void routerThatNamesAFileAndASecondServer() {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder);
        ServeHost other = ServeHost.in(lan, folder, "192.0.2.5")) {
      Dnsmasq router = lan.dnsmasq(FarmLan.DHCP, "--dhcp-boot=wrong.0");
      host.serve("--farm-id", "4242", "--kernel-url", FarmLan.KERNEL_URL);
      host.program().await("names a boot file of its own, wrong.0");
      other.serve("--farm-id", "4242", "--kernel-url", FarmLan.KERNEL_URL);
      other.program().await("there is another boot server, " + ServeHost.ADDRESS);
      try (QemuMachine running = lan.plug(Qemu.with(Firmware.BIOS), ROM_CARD).start()) {
        Console console = running.console();
        console.await(BANNER);
        FarmLan.awaitAddress(console, "net0", router.addressOf(ROM_CARD.mac()));
        KernelServer.awaitKernel(console);
      }
    }
  }

  @Tag("long")
  @Test
  void nodesBehindARelay() {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder);
        LanHost relay = lan.host("192.0.2.4")) {
      String behind = "203.0.113.0/24";
      Dnsmasq router =
          lan.dnsmasq(
              FarmLan.DHCP,
              "--dhcp-range=set:far,203.0.113.100,203.0.113.199,255.255.255.0,1h",
              "--dhcp-option=tag:far,3,203.0.113.1",
              "--dhcp-option=tag:far,6,192.0.2.2");
      lan.route(behind, "192.0.2.4");
      host.host().ip("route", "add", behind, "via", "192.0.2.4");
      host.serve("--farm-id", "4242", "--kernel-url", FarmLan.KERNEL_URL);
      Qemu machine = relay.plugBehind(Qemu.with(Firmware.BIOS), ROM_CARD, "203.0.113.1/24");
      LanHost.Program dhcrelay =
          relay.start(
              List.of(
                  ForeignTool.require("dhcrelay").path(),
                  "-4",
                  "-d",
                  "--no-pid",
                  "-id",
                  LanHost.BEHIND,
                  "-iu",
                  "eth0",
                  Lan.SERVER,
                  ServeHost.ADDRESS));
      dhcrelay.await("Sending on   Socket");
      try (QemuMachine running = machine.start()) {
        Console console = running.console();
        console.await(BANNER);
        console.await("net0: address " + router.addressOf(ROM_CARD.mac()));
        KernelServer.awaitKernel(console);
      }
      List<String> events = host.events(ROM_CARD.mac());
      assertTrue(events.contains("fetched zboot.lkrn"), events.toString());
    }
  }

  /** KernelMirrorTest has many readers of one kernel. */
  @Test
  void mirrorFetchesTheKernelForANode() {
    mirrorFetchesOnceFor(List.of(ROM_CARD));
  }

  @Tag("long")
  @Test
  void mirrorFetchesTheKernelOnceForTwoNodes() {
    mirrorFetchesOnceFor(List.of(ROM_CARD, ROM_CARD.mac("52:54:00:00:53:02")));
  }

  private void mirrorFetchesOnceFor(List<Nic> cards) {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder)) {
      lan.dnsmasq(FarmLan.DHCP);
      String url = "http://" + Lan.SERVER + "/k";
      host.serve(
          "--farm-id", "4242", "--kernel-url", url, "--mirror", folder.resolve("mirror") + "");
      for (Nic card : cards) {
        try (QemuMachine running = lan.plug(Qemu.with(Firmware.BIOS), card).start()) {
          running.console().await("Fetching the kernel: http://" + ServeHost.ADDRESS + "/kernel/");
          KernelServer.awaitKernel(running.console());
        }
        List<String> events = host.events(card.mac());
        assertTrue(events.contains("kernel k"), events.toString());
        assertTrue(events.contains("kernel-fetched k"), events.toString());
      }
      // The second node came later than a minute, or not: the kernel itself crosses once.
      assertTrue(host.program().text().contains("/k: kept, "), host.program().text());
      assertEquals(
          1, host.program().text().lines().filter(line -> line.contains("/k: kept, ")).count());
    }
  }

  /** The node tries again and again, and starts as soon as the profile names this kernel. */
  @Tag("long")
  @Test
  void kernelThatIsNotTheProvedOneIsNotStarted() throws IOException {
    Path profile = folder.resolve("farm.yaml");
    String lines = "farm-id: 4242\nkernel-url: http://" + Lan.SERVER + "/k\nkernel-sha256: ";
    Files.writeString(profile, lines + "0".repeat(64) + "\n");
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder)) {
      lan.dnsmasq(FarmLan.DHCP);
      host.serve("--config", profile.toString(), "--mirror", folder.resolve("mirror").toString());
      try (QemuMachine running = lan.plug(Qemu.with(Firmware.BIOS), ROM_CARD).start()) {
        Console console = running.console();
        console.await("Fetching the kernel: http://" + ServeHost.ADDRESS + "/kernel/");
        console.await(Pattern.compile("\nno The (kernel server|download of the kernel) "));
        host.program().await("/k: is not given out: its SHA-256 is ");
        console.await("Trying again in 2 seconds");
        assertFalse(console.text().contains("Starting Zero-OS"), console.text());
        String right = Sha256.hex(Files.readAllBytes(LinuxKernel.require()));
        Files.writeString(profile, lines + "[" + "0".repeat(64) + ", " + right + "]\n");
        KernelServer.awaitKernel(console);
      }
      assertTrue(host.program().text().contains("taken over"), host.program().text());
    }
  }

  @Test
  void eachNetworkHearsItsOwnAddressAndNoOther() {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder);
        LanHost node = lan.host("192.0.2.77")) {
      host.host().cable(node, "eth1", "198.18.7.3/24", "198.18.7.77/24");
      host.serve("--farm-id", "4242");
      for (String card : List.of("eth0", "eth1")) {
        asksForHttpBoot(node, card);
      }
      List<String> offers = new ArrayList<>();
      for (var event : host.allEvents()) {
        if (event.get("event").getAsString().equals("offered")) {
          String detail = event.get("detail").getAsString();
          offers.add(detail.substring(0, detail.indexOf('/', 8)));
        }
      }
      assertEquals(List.of("http://192.0.2.3", "http://198.18.7.3"), offers);
    }
  }

  /** A tagged network is a network like any other, and what is asked there is answered there. */
  @Test
  void networkBehindAVlanTagIsServedByItself() {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder);
        LanHost node = lan.host("192.0.2.77")) {
      host.host().ip("address", "add", "198.18.5.3/24", "dev", host.host().vlan("eth0", 5));
      node.ip("address", "add", "198.18.5.77/24", "dev", node.vlan("eth0", 5));
      host.serve("--farm-id", "4242", "--interface", "eth0.5");
      asksForHttpBoot(node, "eth0");
      assertEquals(List.of(), host.allEvents(), "the network without a tag is not served");
      asksForHttpBoot(node, "eth0.5");
      List<String> offers =
          host.allEvents().stream()
              .filter(event -> event.get("event").getAsString().equals("offered"))
              .map(event -> event.get("detail").getAsString())
              .toList();
      assertEquals(1, offers.size());
      assertTrue(offers.get(0).startsWith("http://198.18.5.3/"), offers.toString());
      String file = offers.get(0);
      node.run(ForeignTool.require("curl").path(), "-sSf", "-o", "/dev/null", file).ok();
    }
  }

  /** The server's cable is a trunk, that of the node is not: the usual way in a rack. */
  @Tag("long")
  @Test
  void nodeBootsFromAServerOnATrunk() {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.behindTag(lan, folder, 5)) {
      Dnsmasq router = lan.dnsmasq(FarmLan.DHCP);
      host.serve("--farm-id", "4242", "--kernel-url", FarmLan.KERNEL_URL, "--interface", "eth0.5");
      LanHost.Program cable =
          host.host().start(List.of(ForeignTool.require("tcpdump").path(), "-lenni", "eth0"));
      cable.await("listening on");
      try (QemuMachine running = lan.plug(Qemu.with(Firmware.BIOS), ROM_CARD).start()) {
        Console console = running.console();
        console.await(BANNER);
        FarmLan.awaitAddress(console, "net0", router.addressOf(ROM_CARD.mac()));
        KernelServer.awaitKernel(console);
      }
      assertEquals("started", host.node(ROM_CARD.mac()).get("step").getAsString());
      // The machine's own IPv6 looks around on every cable.
      List<String> frames =
          cable
              .text()
              .lines()
              .filter(line -> line.contains(" > ") && !line.contains("IPv6"))
              .toList();
      assertTrue(frames.size() > 300, frames.size() + " frames");
      assertEquals(
          List.of(), frames.stream().filter(line -> !line.contains("vlan 5,")).limit(3).toList());
    }
  }

  /** One question of UEFI HTTP boot; what is offered is no lease. */
  private static void asksForHttpBoot(LanHost node, String card) {
    node.run(
        ForeignTool.require("busybox").path(),
        "udhcpc",
        "-i",
        card,
        "-n",
        "-q",
        "-t",
        "1",
        "-T",
        "1",
        "-s",
        "/bin/true",
        "-V",
        "HTTPClient:Arch:00016:UNDI:003000",
        "-x",
        "0x5d:0010");
  }
}
