package zeroboot.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.HttpStub;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;
import zeroboot.testing.SecondCore;
import zeroboot.testing.SelfSigned;

/**
 * Failures that are provoked, each with the cause that the screen names. What HTTP servers answer
 * stands in {@link ServerTroubleBootTest}.
 */
@Tag("boot")
@Tag("long")
class CausesBootTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String PASSWORD = "changeit";

  private static final String TLS =
      "The kernel server's certificate or TLS does not fit this iPXE.";
  private static final String ROOT = "The kernel server's certificate was not accepted.";
  private static final String NOTHING =
      "The server asks to wait, or nothing came from it for a minute.";

  @TempDir private static Path folder;
  private static HttpStub plain;
  private static HttpStub rsa;
  private static Tls ecdsa;
  private static ServerSocket chatter;
  private static Tls modern;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    plain =
        new HttpStub()
            .on("/later", HttpStub.later(503, 3))
            .on("/too-many", HttpStub.later(429, 3))
            .on("/circle", HttpStub.redirect("/circle"))
            .on("/gopher", HttpStub.redirect("gopher://10.0.2.2/k"))
            .on("/huge", HttpStub.promise(3L << 30));
    SelfSigned key = SelfSigned.create(folder, "rsa", "rsa:2048", "subjectAltName=IP:10.0.2.2");
    String ec = folder.resolve("ec").toString();
    String[] words = {
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-subj",
      "/CN=ec",
      "-days",
      "30",
      "-keyout",
      ec + ".key",
      "-out",
      ec + ".pem"
    };
    ForeignTool.require("openssl").run(words).ok();
    rsa = new HttpStub(tls("rsa"));
    chatter = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(CausesBootTest::chat, "chatter");
    thread.setDaemon(true);
    thread.start();
    modern = Tls.serving(key.certificate(), key.key(), "-tls1_3");
    // Java's server ends without an alert, which is another failure.
    ecdsa = Tls.serving(Path.of(ec + ".pem"), Path.of(ec + ".key"), "-tls1_2");
  }

  /** A web server of openssl's. */
  private record Tls(Process process, int port) {
    static Tls serving(Path certificate, Path key, String version) throws IOException {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      String[] words = {
        ForeignTool.require("openssl").path(),
        "s_server",
        "-accept",
        "127.0.0.1:" + port,
        "-cert",
        certificate.toString(),
        "-key",
        key.toString(),
        version,
        "-www"
      };
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("s_server" + version + ".log").toFile())
              .start();
      return new Tls(process, port);
    }

    String url() {
      return "https://10.0.2.2:" + port + "/k";
    }
  }

  @AfterAll
  static void close() throws IOException {
    plain.close();
    rsa.close();
    ecdsa.process().destroy();
    chatter.close();
    modern.process().destroy();
  }

  /** Speaks, but not HTTP. */
  private static void chat() {
    while (!chatter.isClosed()) {
      try (Socket caller = chatter.accept()) {
        caller
            .getOutputStream()
            .write("220 mail ready\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        caller.getOutputStream().flush();
        var unused = caller.getInputStream().read();
      } catch (IOException e) {
        // The caller has hung up, or the test is over.
      }
    }
  }

  /** One of these after the other; what they say is iPXE's code, put into words. */
  @ParameterizedTest
  @CsvSource({"BIOS,IDE,", "UEFI,VIRTIO,", "BIOS,IDE,2.0.0", "UEFI,VIRTIO,2.0.0"})
  void eachFailureHasItsCause(Firmware firmware, DiskBus bus, String version) {
    boolean isSecond = version != null;
    List<String[]> table =
        List.of(
            new String[] {"http://10.0.2.2:1/k", "The kernel server does not answer."},
            new String[] {
              "http://name-that-nobody-has.invalid/k",
              "The kernel server's name could not be found (DNS)."
            },
            new String[] {
              "http://10.0.2.2:" + chatter.getLocalPort() + "/k",
              "iPXE does not understand the server's answer."
            },
            new String[] {plain.url("/gopher"), "iPXE does not understand the server's answer."},
            new String[] {plain.url("/huge"), "This machine's memory is full."},
            new String[] {rsa.url("/k"), ROOT},
            new String[] {ecdsa.url(), isSecond ? ROOT : TLS}, // the second core takes such keys
            new String[] {modern.url(), TLS},
            new String[] {plain.url("/later"), NOTHING},
            new String[] {plain.url("/too-many"), NOTHING},
            new String[] {plain.url("/circle"), NOTHING});
    List<String> options = new ArrayList<>(List.of("--kernel-attempts", "1"));
    if (isSecond) {
      options.addAll(List.of("--core", SecondCore.require().toString()));
    }
    for (String[] row : table) {
      options.addAll(List.of("--kernel-url", row[0]));
    }
    Medium usb = Medium.usb(folder, options.toArray(String[]::new));
    try (QemuMachine running =
        Qemu.with(firmware).disk(bus, usb.file()).nic(Nic.virtio()).start()) {
      Console console = running.console();
      for (String[] row : table) {
        console.await(
            Pattern.compile(
                Pattern.quote(row[0])
                    + "\\.\\.\\.[^\\n]*\\n(?:[^\\n]*\\n)?no "
                    + Pattern.quote(row[1])
                    + "\\n"),
            PATIENCE);
      }
      // The cure stands there after the first attempt.
      console.await("* Wait: this node tries again. Start many nodes one by one.\nNot yet.");
    }
  }

  /** The same code of iPXE's, by the machine's clock. */
  @ParameterizedTest
  @CsvSource({
    "BIOS,2003-02-01T00:00:00,true",
    "UEFI,2025-12-31T00:00:00,true",
    "UEFI,2026-01-02T00:00:00,false",
    "BIOS,2026-01-02T00:00:00,false"
  })
  void wrongClockIsToldFromAnUnknownRoot(Firmware firmware, String clock, boolean wrong) {
    Medium usb = Medium.usb(folder, "--kernel-attempts", "1", "--kernel-url", rsa.url("/k"));
    DiskBus bus = firmware == Firmware.BIOS ? DiskBus.IDE : DiskBus.VIRTIO;
    try (QemuMachine running =
        Qemu.with(firmware)
            .disk(bus, usb.file())
            .nic(Nic.virtio())
            .option("-rtc", "base=" + clock)
            .start()) {
      running
          .console()
          .await(
              wrong
                  ? "This machine's clock is wrong, so no certificate is valid.\n"
                      + "* Set date and time in the machine's setup (UTC)."
                  : ROOT + "\n* A server with a private certificate authority: --trust-root.",
              PATIENCE);
    }
  }

  private static SSLContext tls(String name) throws IOException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    ForeignTool.require("openssl")
        .run(
            "pkcs12",
            "-export",
            "-inkey",
            folder.resolve(name + ".key").toString(),
            "-in",
            folder.resolve(name + ".pem").toString(),
            "-passout",
            "pass:" + PASSWORD,
            "-out",
            store.toString())
        .ok();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
