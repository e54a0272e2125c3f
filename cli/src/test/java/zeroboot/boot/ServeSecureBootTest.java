package zeroboot.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.testing.Console;
import zeroboot.testing.Lan;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.QemuMachine;

/**
 * {@code zboot serve --secure-boot-key --mirror}: firmware that enforces Secure Boot takes the
 * loader by PXE, and the loader takes its kernel from nobody but this server.
 */
@Tag("boot")
class ServeSecureBootTest {
  private static final Nic CARD = Nic.virtio();

  private static EnrolledKeys enrolled;

  @TempDir private Path folder;

  @BeforeAll
  static void enrol() throws IOException {
    enrolled = EnrolledKeys.shared();
  }

  @Test
  void signedLoaderFetchesItsKernelFromTheMirrorAlone() throws IOException {
    Path web = Files.createDirectory(folder.resolve("web"));
    enrolled.signed(LinuxKernel.require(), web.resolve("k"));
    Path mirror = folder.resolve("mirror");
    try (Lan lan = Lan.create(folder);
        ServeHost host = ServeHost.in(lan, folder)) {
      lan.serve(web);
      lan.dnsmasq(FarmLan.DHCP);
      String url = "http://" + Lan.SERVER + "/k";
      List<String> options = new ArrayList<>(List.of("--farm-id", "4242", "--kernel-url", url));
      options.addAll(List.of("--mirror", mirror.toString()));
      host.serve(enrolled.options(options.toArray(String[]::new)));
      Path root = mirror.resolve("tls-root.pem");
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root)));
      try (QemuMachine running = lan.plug(enrolled.machine(), CARD).start()) {
        Console console = running.console();
        console.await("Start PXE over IPv4");
        console.await("Fetching the kernel: https://" + ServeHost.ADDRESS + "/kernel/");
        KernelServer.awaitKernel(console);
      }
      List<String> events = host.events(CARD.mac());
      assertTrue(events.contains("kernel-fetched k"), events.toString());
      assertEquals("started", host.node(CARD.mac()).get("step").getAsString());
    }
  }

  /**
   * A machine that took the server's address: it has the same kernel, and a root of its own. The
   * loader that trusts the first one does not even ask for the kernel.
   */
  @Tag("long")
  @Test
  void strangerAtTheServersAddressIsRefused() throws IOException {
    Path web = Files.createDirectory(folder.resolve("web"));
    enrolled.signed(LinuxKernel.require(), web.resolve("k"));
    Path mirror = folder.resolve("mirror");
    try (Lan lan = Lan.create(folder)) {
      lan.serve(web);
      lan.dnsmasq(FarmLan.DHCP);
      String[] options =
          enrolled.options(
              "--farm-id",
              "4242",
              "--kernel-url",
              "http://" + Lan.SERVER + "/k",
              "--mirror",
              mirror.toString());
      try (ServeHost host = ServeHost.in(lan, folder);
          QemuMachine running = lan.plug(enrolled.machine(), CARD).start()) {
        host.serve(options);
        running.console().await("Looking for a network");
        // Its root goes, and the same program comes up again at the same address with another one.
        List<ProcessHandle> first = host.program().process().descendants().toList();
        first.forEach(ProcessHandle::destroy);
        first.forEach(each -> each.onExit().join());
        host.program().process().onExit().join();
        Files.delete(mirror.resolve("tls-root.pem"));
        host.serve(options);
        running.console().await("The kernel server's certificate was not accepted.");
      }
    }
  }
}
