package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.Console;
import zeroboot.testing.Dnsmasq;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.Lan;
import zeroboot.testing.LanHost;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * {@code zboot serve} on a machine of its own, beside a router that knows nothing of booting: every
 * kind of firmware comes as far as the kernel.
 */
@Tag("boot")
class ServeBootTest {
  private static final Nic CARD = Nic.virtio();
  private static final String PXE_OFF = "name=opt/org.tianocore/IPv4PXESupport,string=no";
  private static final String IPV6_OFF = "name=opt/org.tianocore/IPv6Support,string=no";

  @TempDir private Path folder;

  @Test
  void biosMachineWithIpxeInItsCard() {
    List<String> events = boot(Qemu.with(Firmware.BIOS), Nic.e1000().withBootRom(), "iPXE");
    assertTrue(events.contains("offered http://" + ServeHost.ADDRESS + FOLDER + "zboot.lkrn"));
    assertTrue(events.contains("fetched zboot.lkrn"), events.toString());
  }

  @Test
  void uefiMachineOverPxe() {
    List<String> events = boot(Qemu.with(Firmware.UEFI), CARD, "Start PXE over IPv4");
    assertTrue(events.contains("offered " + FOLDER.substring(1) + "zboot.efi"), events.toString());
    assertTrue(events.contains("broke-off zboot.efi, code 8"), "asks for the size first");
    assertTrue(events.contains("fetched zboot.efi"), events.toString());
  }

  @Test
  void uefiMachineOverHttp() {
    Qemu machine = Qemu.with(Firmware.UEFI).option("-fw_cfg", PXE_OFF, "-fw_cfg", IPV6_OFF);
    List<String> events = boot(machine, CARD, "Start HTTP Boot over IPv4");
    assertTrue(events.contains("offered http://" + ServeHost.ADDRESS + FOLDER + "zboot.efi"));
    assertTrue(events.contains("fetched zboot.efi"), events.toString());
  }

  private static final String FOLDER = "/" + CARD.mac().replace(':', '-') + "/";

  /** Boots beside a plain router, and tells what the server says that it did. */
  private List<String> boot(Qemu machine, Nic card, String firmwareSays) {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder)) {
      Dnsmasq router = lan.dnsmasq(FarmLan.DHCP);
      host.serve("--farm-id", "4242", "--kernel-url", FarmLan.KERNEL_URL);
      host.capture();
      try (QemuMachine running = lan.plug(machine, card).start()) {
        Console console = running.console();
        console.await(firmwareSays);
        console.await("Farm ID 4242 on the main network");
        FarmLan.awaitAddress(console, "net0", router.addressOf(card.mac()));
        KernelServer.awaitKernel(console);
      }
      host.assertWiresharkContent();
      List<String> events = host.events(card.mac());
      List<String> reports = events.stream().filter(event -> event.startsWith("report ")).toList();
      assertEquals(
          List.of("report address", "report kernel", "report kernel-fetched", "report started"),
          reports);
      assertEquals("started", host.node(card.mac()).get("step").getAsString());
      return events;
    }
  }

  /** Switched off as soon as it has the loader, twice: as if that had stood still. */
  @Tag("long")
  @Test
  void uefiMachineWhoseLoaderIsNotHeardOf() throws InterruptedException {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder)) {
      Dnsmasq router = lan.dnsmasq(FarmLan.DHCP);
      host.serve("--farm-id", "4242", "--kernel-url", FarmLan.KERNEL_URL);
      host.capture();
      for (int boot = 1; boot <= 2; boot++) {
        try (QemuMachine running = lan.plug(Qemu.with(Firmware.UEFI), CARD).start()) {
          running.console().await("Start PXE over IPv4");
          while (count(host, "fetched zboot.efi") < boot) {
            Thread.sleep(20);
          }
        }
      }
      try (QemuMachine running = lan.plug(Qemu.with(Firmware.UEFI), CARD).start()) {
        Console console = running.console();
        console.await("Farm ID 4242 on the main network");
        console.await("net0: SNP, MAC");
        FarmLan.awaitAddress(console, "net0", router.addressOf(CARD.mac()));
        KernelServer.awaitKernel(console);
      }
      host.assertWiresharkContent();
      assertEquals(2, count(host, "fetched zboot.efi"));
      assertEquals(1, count(host, "fetched zboot-snp.efi"));
      assertEquals("started", host.node(CARD.mac()).get("step").getAsString());
      assertTrue(host.node(CARD.mac()).get("note").getAsString().contains("zboot-snp.efi"));
    }
  }

  private static long count(ServeHost host, String event) {
    return host.events(CARD.mac()).stream().filter(event::equals).count();
  }

  @Test
  void ordinaryClientsGetNoAnswer() {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder);
        LanHost stranger = lan.host("192.0.2.77")) {
      host.serve("--farm-id", "4242");
      host.capture();
      String busybox = ForeignTool.require("busybox").path();
      ForeignTool.Result lease =
          stranger.run(
              busybox, "udhcpc", "-i", "eth0", "-n", "-q", "-t", "3", "-T", "1", "-s", "/bin/true");
      assertTrue(lease.exitCode() != 0, lease.output());
      // Not from /sys, which is that of the computer's own network.
      String link = stranger.run("ip", "-o", "link", "show", "eth0").ok();
      String mac = link.replaceFirst("(?s).*link/ether (\\S+).*", "$1");
      ForeignTool.Result inform =
          stranger.run(
              ForeignTool.require("dhcping").path(),
              "-c",
              "192.0.2.77",
              "-s",
              ServeHost.ADDRESS,
              "-h",
              mac,
              "-t",
              "2");
      assertTrue(inform.output().contains("no answer"), inform.output());
      assertEquals(List.of(), host.allEvents());
      // One who says that he boots is told a file and no address: he asks for it in vain.
      ForeignTool.Result pxe =
          stranger.run(
              busybox,
              "udhcpc",
              "-i",
              "eth0",
              "-n",
              "-q",
              "-t",
              "2",
              "-T",
              "1",
              "-s",
              "/bin/true",
              "-V",
              "PXEClient:Arch:00007:UNDI:003000",
              "-x",
              "0x5d:0007");
      assertTrue(pxe.exitCode() != 0, pxe.output());
      host.assertWiresharkContent();
      assertTrue(
          host.allEvents().stream().anyMatch(e -> e.get("event").getAsString().equals("offered")));
    }
  }

  @Test
  void takenPortNamesItsHolder() {
    try (Lan lan = FarmLan.create(folder);
        ServeHost host = ServeHost.in(lan, folder)) {
      LanHost.Program other =
          host.host()
              .start(
                  List.of(
                      ForeignTool.require("dnsmasq").path(),
                      "-k",
                      "-p0",
                      "--user=root",
                      "--conf-file=/dev/null",
                      "--dhcp-leasefile=" + folder + "/l",
                      "--dhcp-range=192.0.2.50,192.0.2.60",
                      "--log-facility=-",
                      "--pid-file"));
      other.await("started, version");
      LanHost.Program refused = host.start("--farm-id", "4242");
      refused.await("port 67/udp: taken by dnsmasq (process ");
      refused.await("--explain");
      assertFalse(refused.text().contains("\tat "), refused.text());
    }
  }
}
