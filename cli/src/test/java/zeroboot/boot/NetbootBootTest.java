package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.cli.CliRun;
import zeroboot.testing.Console;
import zeroboot.testing.Dnsmasq;
import zeroboot.testing.Firmware;
import zeroboot.testing.Lan;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * The folder of the example for network boot, served by dnsmasq with the configuration that is in
 * it: each kind of machine fetches its file once, and iPXE, which asks for an address a second
 * time, takes nothing else from the answer.
 */
@Tag("boot")
class NetbootBootTest {
  private static final Nic CARD = Nic.virtio();

  /** Its node was chosen for the file that leaves the card to the firmware's driver. */
  private static final Nic CHOSEN = CARD.mac("52:54:00:00:53:02");

  private static final String ADDRESS = "address for " + CARD.mac();
  private static final String PXE_OFF = "name=opt/org.tianocore/IPv4PXESupport,string=no";
  private static final String IPV6_OFF = "name=opt/org.tianocore/IPv6Support,string=no";

  @TempDir private static Path shared;
  private static Path served = Path.of("");
  private static String imageId = "";

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    List<Example> examples =
        Example.all().stream().filter(example -> example.verb().equals("netboot")).toList();
    assertEquals(1, examples.size());
    List<String> command = examples.get(0).command(shared);
    served = shared.resolve("netboot");
    command.addAll(List.of("--json", "-o", served.toString()));
    command.addAll(List.of("--dhcp-range", "192.0.2.100,192.0.2.199"));
    command.addAll(List.of("--router", Lan.SERVER));
    command.addAll(List.of("--firmware-driver", CHOSEN.mac()));
    command.addAll(List.of("--kernel-url", FarmLan.KERNEL_URL));
    command.addAll(List.of("--kernel-arg", "earlyprintk=ttyS0"));
    CliRun run = CliRun.of(command.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    imageId = run.json().get("imageId").getAsString();
    FarmLan.withKernel(served);
  }

  @Tag("long")
  @Test
  void biosMachineOverPxe() {
    assertEquals(
        List.of(ADDRESS, "file zboot.lkrn", ADDRESS, "/k"),
        boot(Qemu.with(Firmware.BIOS), CARD.withBootRom(), "zboot.lkrn... ok"));
  }

  @Tag("long")
  @Test
  void uefiMachineOverPxe() {
    // OVMF brings its own driver for virtio cards; a ROM of the card would be another iPXE.
    assertEquals(
        List.of(ADDRESS, "file zboot.efi", ADDRESS, "/k"),
        boot(Qemu.with(Firmware.UEFI), CARD, "Start PXE over IPv4"));
  }

  @Tag("long")
  @Test
  void uefiMachineOverHttp() {
    Qemu machine = Qemu.with(Firmware.UEFI).option("-fw_cfg", PXE_OFF, "-fw_cfg", IPV6_OFF);
    // The firmware asks for the size before it asks for the file.
    assertEquals(
        List.of(ADDRESS, ADDRESS, "/zboot.efi", "/zboot.efi", "/k"),
        boot(machine, CARD, "Start HTTP Boot over IPv4"));
  }

  @Test
  void uefiMachineOverPxeWithItsFirmwaresDriver() {
    String address = "address for " + CHOSEN.mac();
    assertEquals(
        List.of(address, "file zboot-snp.efi", address, "/k"),
        boot(Qemu.with(Firmware.UEFI), CHOSEN, "Start PXE over IPv4", "net0: SNP, MAC"));
  }

  @Tag("long")
  @Test
  void uefiMachineOverHttpWithItsFirmwaresDriver() {
    Qemu machine = Qemu.with(Firmware.UEFI).option("-fw_cfg", PXE_OFF, "-fw_cfg", IPV6_OFF);
    String address = "address for " + CHOSEN.mac();
    // Nothing else is fetched: above all no autoexec.ipxe, which iPXE looks for beside its own URL.
    assertEquals(
        List.of(address, address, "/zboot-snp.efi", "/zboot-snp.efi", "/k"),
        boot(machine, CHOSEN, "Start HTTP Boot over IPv4", "net0: SNP, MAC"));
  }

  /** Boots, and tells what dnsmasq gave and then what the web server gave. */
  private List<String> boot(Qemu machine, Nic card, String firmwareSays) {
    return boot(machine, card, firmwareSays, "image " + imageId);
  }

  private List<String> boot(Qemu machine, Nic card, String firmwareSays, String loaderSays) {
    try (Lan lan = Lan.create(folder)) {
      lan.serve(served);
      Dnsmasq dnsmasq = lan.dnsmasq("--conf-file=" + served.resolve("dnsmasq.conf"));
      try (QemuMachine running = lan.plug(machine, card).start()) {
        Console console = running.console();
        console.await(firmwareSays);
        console.await("Farm ID 4242 on the main network     image ");
        console.await(loaderSays);
        FarmLan.awaitAddress(console, "net0", dnsmasq.addressOf(card.mac()));
        KernelServer.awaitKernel(console);
      }
      List<String> given = dnsmasq.given();
      given.addAll(lan.requests());
      return given;
    }
  }
}
