package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
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

/** An image without a farm ID asks a server, by its MAC address, what to do. */
@Tag("boot")
class ProvisioningBootTest {
  private static final String MAC = "52:54:00:00:53:01";
  private static final String PATH = "/provision/" + MAC;

  @TempDir private Path folder;

  /** The server learns of the node while that asks already. */
  @Test
  void nodeRunsTheScriptForItsMac() throws IOException {
    Path image = folder.resolve("provision.img");
    String url = "http://" + Lan.SERVER + "/provision/";
    CliRun run = CliRun.of("usb", "--provision-url", url, "-o", image.toString());
    assertEquals(0, run.exitCode(), run.err());
    try (Lan lan = FarmLan.create(folder)) {
      Dnsmasq dhcp = lan.dnsmasq(FarmLan.DHCP);
      Qemu machine = Qemu.with(Firmware.BIOS).disk(DiskBus.VIRTIO, image);
      try (QemuMachine running = lan.plug(machine, Nic.e1000().mac(MAC)).start()) {
        Console console = running.console();
        console.await("  This node asks a server what to do     image ");
        console.await("Fetching the script: http://" + Lan.SERVER + PATH);
        console.await("no The server has no script at this address (404).\n");
        provision();
        console.await("Running the script of the provisioning server\n");
        console.await("provisioned " + dhcp.addressOf(MAC) + "\n");
        console.await("Command line: farmer_id=4242 runmode=prod version=v3 ");
        assertFalse(console.text().contains("attempt 2"), console.text());
      }
      List<String> requests = lan.requests();
      assertEquals(List.of(PATH, "/k"), requests.subList(requests.size() - 2, requests.size()));
      // A machine that is slow may ask again; which card asks is what counts.
      assertEquals(Set.of("address for " + MAC), Set.copyOf(dhcp.given()));
    }
  }

  private void provision() throws IOException {
    Path scripts = Files.createDirectory(folder.resolve("web/provision"));
    Path script = scripts.resolve("script");
    Files.writeString(
        script,
        """
        #!ipxe
        echo provisioned ${net0/ip}
        imgfetch --name k %s
        imgargs k farmer_id=4242 runmode=prod version=v3 earlyprintk=ttyS0
        imgexec k
        """
            .formatted(FarmLan.KERNEL_URL));
    Files.move(script, scripts.resolve(MAC), StandardCopyOption.ATOMIC_MOVE);
  }
}
