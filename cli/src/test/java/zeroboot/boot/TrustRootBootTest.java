package zeroboot.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.HttpStub;
import zeroboot.testing.LinuxKernel;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;
import zeroboot.testing.SecondCore;
import zeroboot.testing.SelfSigned;

/** A kernel server with a private certificate authority. */
@Tag("boot")
class TrustRootBootTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static HttpStub server;
  private static HttpStub stranger;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    for (String name : List.of("ca", "other")) {
      SelfSigned.create(folder, name, "rsa:2048", "keyUsage=critical,keyCertSign");
    }
    server = new HttpStub(tls("ca")).on("/k", HttpStub.file(LinuxKernel.require()));
    stranger = new HttpStub(tls("other")).on("/k", HttpStub.file(LinuxKernel.require()));
    ForeignTool.require("cert-to-efi-sig-list").run(file("other.pem"), file("other.esl")).ok();
  }

  @AfterAll
  static void close() {
    server.close();
    stranger.close();
  }

  @Test
  void pinnedImageFetchesItsKernel() {
    fetchesItsKernel(Firmware.BIOS);
  }

  /** As it does where the firmware has a root of its own, below. */
  @Tag("long")
  @Test
  void pinnedImageFetchesItsKernelInUefiMode() {
    fetchesItsKernel(Firmware.UEFI);
  }

  private static void fetchesItsKernel(Firmware firmware) {
    try (QemuMachine running = machine(firmware, server, "--trust-root", file("ca.pem")).start()) {
      KernelServer.awaitKernel(running.console());
    }
  }

  @ParameterizedTest
  @CsvSource({"UEFI, ''", "BIOS, other.pem"})
  void imageWithoutThePinOrWithAnotherSaysCertificate(Firmware firmware, String root) {
    saysCertificate(firmware, root);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"UEFI, other.pem", "BIOS, ''"})
  void soDoesTheOtherWayRound(Firmware firmware, String root) {
    saysCertificate(firmware, root);
  }

  private void saysCertificate(Firmware firmware, String root) {
    String[] options = root.isEmpty() ? new String[0] : new String[] {"--trust-root", file(root)};
    try (QemuMachine running = machine(firmware, server, options).start()) {
      Console console = running.console();
      console.await("no The kernel server's certificate was not accepted.");
    }
  }

  /** iPXE 2.0.0, which is packed otherwise, in BIOS mode. */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"ca.pem", "other.pem"})
  void theSecondCoreIsPinnedAsWell(String root) {
    String core = SecondCore.require().toString();
    String[] options = {"--core", core, "--trust-root", file(root)};
    try (QemuMachine running = machine(Firmware.BIOS, server, options).start()) {
      if (root.equals("ca.pem")) {
        KernelServer.awaitKernel(running.console());
      } else {
        running.console().await("The kernel server's certificate was not accepted.");
      }
    }
  }

  /**
   * Shows that the next test can fail: iPXE trusts what its firmware trusts, unless told not to.
   */
  @Tag("long")
  @Test
  void rootOfTheFirmwareCountsWithoutAPin() {
    try (QemuMachine running = firmwareTrustsTheStranger(stranger)) {
      KernelServer.awaitKernel(running.console());
    }
  }

  @Test
  void rootOfTheFirmwareDoesNotCountBesidesAPin() {
    String[] pin = {"--trust-root", file("ca.pem")};
    try (QemuMachine running = firmwareTrustsTheStranger(stranger, pin)) {
      running.console().await("no The kernel server's certificate was not accepted.");
    }
    try (QemuMachine running = firmwareTrustsTheStranger(server, pin)) {
      KernelServer.awaitKernel(running.console());
    }
  }

  private static QemuMachine firmwareTrustsTheStranger(HttpStub from, String... options) {
    return machine(Firmware.UEFI, from, options)
        .option("-fw_cfg", "name=etc/edk2/https/cacerts,file=" + file("other.esl"))
        .start();
  }

  private static Qemu machine(Firmware firmware, HttpStub from, String... options) {
    String[] all = Arrays.copyOf(options, options.length + 4);
    all[options.length] = "--kernel-url";
    all[options.length + 1] = from.url("/k");
    all[options.length + 2] = "--kernel-arg";
    all[options.length + 3] = "earlyprintk=ttyS0";
    Medium usb = Medium.usb(folder, all);
    return Qemu.with(firmware).disk(DiskBus.VIRTIO, usb.file()).nic(Nic.virtio());
  }

  /** The server sends the root as well: iPXE knows no more of it than its fingerprint. */
  private static SSLContext tls(String ca) throws IOException, GeneralSecurityException {
    Files.writeString(folder.resolve("ext"), "subjectAltName=IP:10.0.2.2\n");
    openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=10.0.2.2",
        "-keyout",
        file(ca + "-server.key"),
        "-out",
        file(ca + "-server.csr"));
    openssl(
        "x509",
        "-req",
        "-in",
        file(ca + "-server.csr"),
        "-CA",
        file(ca + ".pem"),
        "-CAkey",
        file(ca + ".key"),
        "-days",
        "30",
        "-sha256",
        "-extfile",
        file("ext"),
        "-out",
        file(ca + "-server.pem"));
    openssl(
        "pkcs12",
        "-export",
        "-inkey",
        file(ca + "-server.key"),
        "-in",
        file(ca + "-server.pem"),
        "-certfile",
        file(ca + ".pem"),
        "-passout",
        "pass:" + PASSWORD,
        "-out",
        file(ca + "-server.p12"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(ca + "-server.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void openssl(String... arguments) {
    ForeignTool.require("openssl").run(arguments).ok();
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }
}
