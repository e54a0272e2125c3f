package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.cli.CliRun;
import zeroboot.testing.Firmware;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.bmc.Maker;
import zeroboot.testing.bmc.QemuHost;
import zeroboot.testing.bmc.SimBmc;

/**
 * From {@code zboot deploy} to the kernel: the controller fetches the image and boots it in a
 * virtual PC, and the node itself reports that it started.
 */
@Tag("boot")
class DeployBootTest {
  /** As long as one may be: it stands in the address that iPXE reports to, before the word. */
  private static final String NAME =
      "node-01-of-a-rack-whose-owner-gave-it-the-longest-name-there-is";

  @TempDir private Path folder;

  /** A CD of a controller and a disk of one, each in one of the two kinds of firmware. */
  @ParameterizedTest
  @CsvSource({"HPE, UEFI", "OPENBMC, BIOS"})
  void twoMakersStartTheKernel(Maker maker, Firmware firmware) throws IOException {
    startsTheKernel(maker, firmware);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "PLAIN, BIOS",
    "PLAIN, UEFI",
    "DELL, BIOS",
    "DELL, UEFI",
    "HPE, BIOS",
    "LENOVO, BIOS",
    "LENOVO, UEFI",
    "SUPERMICRO, BIOS",
    "SUPERMICRO, UEFI",
    "OPENBMC, UEFI"
  })
  void everyMakerStartsTheKernel(Maker maker, Firmware firmware) throws IOException {
    startsTheKernel(maker, firmware);
  }

  private void startsTheKernel(Maker maker, Firmware firmware) throws IOException {
    QemuHost host = new QemuHost(() -> Qemu.with(firmware).nic(Nic.virtio()));
    Path password = Files.writeString(folder.resolve("password"), SimBmc.PASSWORD + "\n");
    assertTrue(password.toFile().setReadable(false, false) && password.toFile().setReadable(true));
    try (KernelServer kernel = new KernelServer();
        SimBmc bmc = SimBmc.of(maker).machine(host).start()) {
      int port = freePort();
      Path profile =
          Files.writeString(
              folder.resolve("farm.yaml"),
              """
              farm-id: 4242
              kernel-url: %s
              kernel-arg: earlyprintk=ttyS0
              bmc:
                user: %s
                password-file: password
              nodes:
                - name: %s
                  bmc: %s
              """
                  .formatted(kernel.stub().url("/k"), SimBmc.USER, NAME, bmc.address()));
      Map<String, String> environment = new HashMap<>(System.getenv());
      environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
      CliRun run =
          CliRun.with(
              environment,
              "deploy",
              profile.toString(),
              "--trust-new",
              "--json",
              "--poll",
              "100",
              "--http-port",
              Integer.toString(port),
              // That is how a machine of QEMU's user network reaches this one's loopback.
              "--node-address",
              "10.0.2.2",
              "--https-port",
              "0",
              "--timeout",
              "10m");
      assertEquals(0, run.exitCode(), run.err() + bmc.happened() + bmc.changes());
      assertTrue(run.text().contains("\"step\":\"started\""), run.err());
      assertTrue(run.text().contains("booted by 52:54:00:00:53:01"), run.err());
      KernelServer.awaitKernel(host.awaitBoot(1).console());
      assertEquals(Map.of(), bmc.inserted());
      assertEquals(0, bmc.openSessions());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
