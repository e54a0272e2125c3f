package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zeroboot.cli.CliRun;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.Lan;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/** A DHCP server that says more than an address. iPXE has an option for nearly everything. */
@Tag("boot")
class HostileDhcpBootTest {
  private static final Nic CARD = Nic.virtio();
  private static final String STRANGER = "A STRANGER WAS HERE";
  private static final String TRUST = "--dhcp-option-force=encap:175,90," + "ab:".repeat(31) + "ab";

  @TempDir private Path folder;

  /**
   * A boot file, a root path, a scriptlet (175.81), roots (175.90), where missing links of
   * certificates are (175.93), a user's name and a priority above that of other settings.
   */
  @ParameterizedTest
  @EnumSource(names = {"BIOS", "UEFI"})
  void nothingOfItReachesAStick(Firmware firmware) throws IOException {
    Medium usb =
        Medium.usb(folder, "--kernel-url", FarmLan.KERNEL_URL, "--kernel-arg", "earlyprintk=ttyS0");
    try (Lan lan = FarmLan.create(folder)) {
      String web = "http://" + Lan.SERVER + "/";
      Files.writeString(folder.resolve("web/script"), "#!ipxe\necho " + STRANGER + "\n");
      lan.dnsmasq(
          FarmLan.DHCP,
          "--dhcp-boot=" + web + "script",
          "--dhcp-option-force=17," + web + "script",
          "--dhcp-option-force=encap:175,1,7f",
          "--dhcp-option-force=encap:175,81,\"echo " + STRANGER + "\"",
          "--dhcp-option-force=encap:175,93,\"" + web + "\"",
          "--dhcp-option-force=encap:175,190,\"" + STRANGER + "\"",
          TRUST);
      Qemu machine = lan.plug(Qemu.with(firmware).disk(DiskBus.VIRTIO, usb.file()), CARD);
      try (QemuMachine running = machine.start()) {
        Console console = running.console();
        console.await("Farm ID 4242 on the main network     image " + usb.imageId());
        KernelServer.awaitKernel(console);
        assertFalse(console.text().contains(STRANGER), console.text());
      }
      assertEquals(List.of("/k"), lan.requests());
    }
  }

  /**
   * A script that an iPXE on the network card fetches: what DHCP said is there when it starts, so
   * it could have been settled by that whom this iPXE trusts.
   */
  @Test
  void rootsThatWereThereBeforeTheScriptAreRefused() throws IOException {
    try (Lan lan = FarmLan.create(folder)) {
      Path script = folder.resolve("web/zboot.ipxe");
      CliRun run = CliRun.of("script", "--farm-id", "4242", "-o", script.toString());
      assertEquals(0, run.exitCode(), run.err());
      lan.dnsmasq(FarmLan.DHCP, "--dhcp-boot=http://" + Lan.SERVER + "/zboot.ipxe", TRUST);
      Qemu machine = lan.plug(Qemu.with(Firmware.BIOS), Nic.e1000().withBootRom());
      try (QemuMachine running = machine.start()) {
        Console console = running.console();
        console.await("Farm ID 4242 on the main network");
        console.await("Somebody told this machine whom to trust, and it was not this image.");
        assertFalse(console.text().contains("Looking for a network"), console.text());
      }
    }
  }
}
