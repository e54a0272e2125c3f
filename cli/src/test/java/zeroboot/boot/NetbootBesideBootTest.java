package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
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
 * The folder of {@code zboot netboot} as it is by default, on a machine of its own: dnsmasq with
 * its configuration tells the files, and a router that knows nothing of booting goes on giving out
 * the addresses.
 */
@Tag("boot")
class NetbootBesideBootTest {
  private static final String SERVER = "192.0.2.3";
  private static final Nic CARD = Nic.virtio();

  /** Its node was chosen for the file that leaves the card to the firmware's driver. */
  private static final Nic CHOSEN = CARD.mac("52:54:00:00:53:02");

  private static final String PXE_OFF = "name=opt/org.tianocore/IPv4PXESupport,string=no";
  private static final String IPV6_OFF = "name=opt/org.tianocore/IPv6Support,string=no";

  @TempDir private Path folder;

  @Test
  void biosMachineOverPxe() {
    String said = boot(Qemu.with(Firmware.BIOS), CARD.withBootRom(), "zboot.lkrn... ok");
    assertTrue(said.contains("/zboot.lkrn to 192.0.2."), said);
  }

  @Tag("long")
  @Test
  void uefiMachineOverPxe() {
    String said = boot(Qemu.with(Firmware.UEFI), CARD, "Start PXE over IPv4");
    assertTrue(said.contains("/zboot.efi to 192.0.2."), said);
  }

  @Tag("long")
  @Test
  void uefiMachineOverPxeWithItsFirmwaresDriver() {
    String said = boot(Qemu.with(Firmware.UEFI), CHOSEN, "Start PXE over IPv4");
    assertTrue(said.contains("/zboot-snp.efi to 192.0.2."), said);
  }

  @Test
  void uefiMachineOverHttp() {
    Qemu machine = Qemu.with(Firmware.UEFI).option("-fw_cfg", PXE_OFF, "-fw_cfg", IPV6_OFF);
    String said = boot(machine, CARD, "Start HTTP Boot over IPv4");
    assertTrue(said.contains("GET /zboot.efi HTTP/"), said);
    assertFalse(said.contains("/zboot.efi to 192.0.2."), said);
  }

  /** Boots, and tells what the boot server's DHCP, TFTP and web servers said. */
  private String boot(Qemu machine, Nic card, String firmwareSays) {
    Path served = folder.resolve("netboot");
    CliRun run =
        CliRun.of(
            "netboot",
            "--farm-id",
            "4242",
            "--server",
            SERVER,
            "--kernel-url",
            FarmLan.KERNEL_URL,
            "--kernel-arg",
            "earlyprintk=ttyS0",
            "--firmware-driver",
            CHOSEN.mac(),
            "--json",
            "-o",
            served.toString());
    assertEquals(0, run.exitCode(), run.err());
    try (Lan lan = FarmLan.create(folder);
        LanHost host = lan.host(SERVER)) {
      Dnsmasq router = lan.dnsmasq(FarmLan.DHCP);
      LanHost.Program dnsmasq =
          host.start(
              List.of(
                  ForeignTool.require("dnsmasq").path(),
                  "--keep-in-foreground",
                  "--user=root",
                  "--pid-file",
                  "--log-facility=-",
                  "--log-dhcp",
                  "--dhcp-leasefile=" + folder.resolve("beside.leases"),
                  "--conf-file=" + served.resolve("dnsmasq.conf")));
      dnsmasq.await("started, version");
      LanHost.Program web = host.start(Lan.webServer(served));
      try (QemuMachine running = lan.plug(machine, card).start()) {
        Console console = running.console();
        console.await(firmwareSays);
        console.await("Farm ID 4242 on the main network     image ");
        FarmLan.awaitAddress(console, "net0", router.addressOf(card.mac()));
        KernelServer.awaitKernel(console);
      }
      // Who gives out the addresses is the router alone.
      assertFalse(dnsmasq.text().contains("DHCPACK(eth0) 192.0.2.1"), dnsmasq.text());
      return dnsmasq.text() + web.text();
    }
  }
}
