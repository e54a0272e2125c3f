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
import zeroboot.cli.CliRun;
import zeroboot.core.BundledCore;
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

  @Test
  void nothingOfItReachesAStick() throws IOException {
    reachesNothing(Firmware.BIOS);
  }

  @Tag("long")
  @Test
  void norInUefiMode() throws IOException {
    reachesNothing(Firmware.UEFI);
  }

  /**
   * A boot file, a root path, a menu of boot servers (43), a script of other loaders (209, 210), a
   * server for what iPXE logs (7), names (12, 15, 119), a scriptlet (175.81), roots (175.90), where
   * missing links of certificates are (175.93), a user's name and a priority above that of other
   * settings; "keep-san" (175.8), "skip-san-boot" (175.9), an answer that is to be kept (175.178).
   */
  private void reachesNothing(Firmware firmware) throws IOException {
    Medium usb =
        Medium.usb(folder, "--kernel-url", FarmLan.KERNEL_URL, "--kernel-arg", "earlyprintk=ttyS0");
    try (Lan lan = FarmLan.create(folder)) {
      String web = "http://" + Lan.SERVER + "/";
      Files.writeString(folder.resolve("web/script"), "#!ipxe\necho " + STRANGER + "\n");
      lan.dnsmasq(
          FarmLan.DHCP,
          "--dhcp-boot=" + web + "script",
          "--dhcp-option-force=17," + web + "script",
          "--dhcp-option-force=43,06:01:08:08:07:00:00:01:c0:00:02:02:09:05:00:00:02:61:62:ff",
          "--dhcp-option-force=209,\"script\"",
          "--dhcp-option-force=210,\"" + web + "\"",
          "--dhcp-option-force=7," + Lan.SERVER,
          "--dhcp-option-force=12,\"${cwduri}\"",
          "--dhcp-option-force=15,\"strangers.example || echo " + STRANGER + "\"",
          "--dhcp-option-force=119,strangers.example",
          "--dhcp-option-force=encap:175,8,01",
          "--dhcp-option-force=encap:175,9,00",
          "--dhcp-option-force=encap:175,178,01",
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
   * The script in an iPXE that is booted from the network as it is: what DHCP said to the firmware
   * is there before iPXE settles whom it trusts. (In an image, iPXE does not get to see that.)
   */
  @Test
  void rootsThatWereThereBeforeTheScriptAreRefused() throws IOException {
    Path served = Files.createDirectory(folder.resolve("served"));
    Files.write(served.resolve("ipxe.efi"), BundledCore.load().efi());
    Path script = served.resolve("autoexec.ipxe");
    CliRun run = CliRun.of("script", "--farm-id", "4242", "-o", script.toString());
    assertEquals(0, run.exitCode(), run.err());
    try (Lan lan = Lan.create(folder)) {
      String[] tftp = {"--enable-tftp", "--tftp-root=" + served, "--dhcp-boot=ipxe.efi"};
      lan.dnsmasq(FarmLan.DHCP, tftp[0], tftp[1], tftp[2], TRUST);
      try (QemuMachine running = lan.plug(Qemu.with(Firmware.UEFI), CARD).start()) {
        Console console = running.console();
        console.await("Farm ID 4242 on the main network");
        console.await("Something other than this image has told this machine whom to trust.");
        assertFalse(console.text().contains("Looking for a network"), console.text());
      }
    }
  }
}
