package zeroboot.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.core.BundledCore;
import zeroboot.core.IpxeCore;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScripts;
import zeroboot.server.service.KernelOptions;
import zeroboot.server.service.PublicServer;
import zeroboot.server.service.Seals;
import zeroboot.server.service.ServiceOptions;
import zeroboot.server.service.ServiceParts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.MacAddress;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;
import zeroboot.testing.CdBus;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;

/**
 * What the addresses of 0-bootstrap give boots, in both firmwares, whatever it was called there.
 */
@Tag("boot")
class PublicServiceBootTest {
  @TempDir private Path folder;

  /** What an unknown node is told waits, asks again, and boots when somebody has added it. */
  @Test
  void unknownNodeWaitsUntilItIsKnown() throws IOException {
    IpxeCore core = BundledCore.load();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Map<MacAddress, BootSpec> nodes = new ConcurrentHashMap<>();
    ServiceParts parts =
        new ServiceParts(
            Seals.NONE,
            KernelOptions.NONE,
            Optional.of(mac -> Optional.ofNullable(nodes.get(mac))));
    try (PublicServer server =
        PublicServer.start(ServiceOptions.at(any), core, new ImageMaker(core), parts, line -> {})) {
      String url = "http://10.0.2.2:" + server.port() + "/provision/";
      Rack asks = Rack.of(BootSpec.of(Settings.NONE.with(Setting.PROVISION_URL, url)));
      byte[] image =
          new ImageMaker(core).make(Forms.USB, asks, BootScripts.render(asks, core)).bytes();
      Path file = Files.write(folder.resolve("image"), image);
      Nic nic = Nic.virtio();
      try (QemuMachine running =
          Qemu.with(Firmware.BIOS).nic(nic).disk(DiskBus.XHCI, file).start()) {
        running.console().await("This server does not know this node, MAC " + nic.mac());
        nodes.put(
            MacAddress.parse(nic.mac()),
            BootSpec.of(Settings.NONE.with(Setting.FARM_ID, "4242").with(Setting.NETWORK, "qa")));
        running.console().await("  Farm ID 4242 on the qa network");
      }
    }
  }

  @ParameterizedTest
  @CsvSource("uefimg,BIOS")
  void downloadBoots(String kind, Firmware firmware) throws IOException, InterruptedException {
    boots(kind, firmware);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"usb,UEFI", "iso,BIOS", "iso,UEFI"})
  void otherDownloadsBoot(String kind, Firmware firmware) throws IOException, InterruptedException {
    boots(kind, firmware);
  }

  private void boots(String kind, Firmware firmware) throws IOException, InterruptedException {
    IpxeCore core = BundledCore.load();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Path file = folder.resolve("image");
    HttpResponse<Path> got;
    try (PublicServer server =
        PublicServer.start(
            ServiceOptions.at(any), core, new ImageMaker(core), ServiceParts.NONE, line -> {})) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/" + kind + "/qa/4242/zos-debug");
      got =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofFile(file));
    }
    String tag = got.headers().firstValue("ETag").orElseThrow();
    String imageId = tag.substring(1, "XXXX-XXXX-XXXX-XXXX".length() + 1);
    Qemu machine = Qemu.with(firmware).nic(Nic.virtio());
    try (QemuMachine running =
        (kind.equals("iso") ? machine.cd(CdBus.AHCI, file) : machine.disk(DiskBus.XHCI, file))
            .start()) {
      running.console().await("  Farm ID 4242 on the qa network     image " + imageId);
      running.console().await("  " + firmware + ", iPXE 1.21.1");
    }
  }
}
