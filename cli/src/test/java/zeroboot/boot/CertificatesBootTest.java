package zeroboot.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zeroboot.cli.Issued;
import zeroboot.cli.OpensslServer;
import zeroboot.testing.Console;
import zeroboot.testing.DiskBus;
import zeroboot.testing.Firmware;
import zeroboot.testing.Nic;
import zeroboot.testing.Qemu;
import zeroboot.testing.QemuMachine;
import zeroboot.testing.SecondCore;

/**
 * Kernel servers of every kind of certificate, each with what the screen says of it: for a node
 * whose image trusts their root, in BIOS and in UEFI mode, and for one whose image does not.
 */
@Tag("boot")
@Tag("long")
class CertificatesBootTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What they serve is no kernel: the screen says so of what came through. */
  private static final String FETCHED =
      "The kernel was fetched, but this machine could not start it.";

  private static final String ROOT = "The kernel server's certificate was not accepted.";
  private static final String NAME = "The kernel server's certificate is for another name.";
  private static final String TLS =
      "The kernel server's certificate or TLS does not fit this iPXE.";

  @TempDir private static Path folder;
  private static final List<Row> ROWS = new ArrayList<>();

  /**
   * A server.
   *
   * @param first what an image with the first core says that trusts its root
   * @param second the same of the second core
   * @param stranger of the first core, if the image does not trust its root
   * @param strangerToSecond the same of the second core
   */
  private record Row(
      OpensslServer server, String first, String second, String stranger, String strangerToSecond) {
    String url() {
      return "https://10.0.2.2:" + server.port() + "/k";
    }

    String expected(boolean newer, boolean trusts) {
      return trusts ? (newer ? second : first) : newer ? strangerToSecond : stranger;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        folder.resolve("k"),
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        StandardCharsets.US_ASCII);
    // Making such keys takes long, so most share one.
    KeyPair rsa = Issued.rsa(2048);
    Issued root = authority("CN=Farm root", rsa, null);
    OpensslServer.pem(folder.resolve("root.pem"), root.certificate());
    for (KeyPair keys : List.of(rsa, Issued.rsa(3072), Issued.rsa(4096))) {
      row(List.of(leaf(keys, root), root), FETCHED, FETCHED, ROOT, ROOT);
    }
    for (String curve : List.of("secp256r1", "secp384r1")) {
      row(List.of(leaf(Issued.ec(curve), root), root), TLS, FETCHED, TLS, ROOT);
    }
    Issued one = authority("CN=One", rsa, root);
    Issued two = authority("CN=Two", rsa, one);
    row(List.of(leaf(rsa, two), two, one, root), FETCHED, FETCHED, ROOT, ROOT);
    // The server's own key is RSA, and an authority's is not.
    Issued curved = authority("CN=Curved", Issued.ec("secp256r1"), root);
    row(List.of(leaf(rsa, curved), curved, root), TLS, FETCHED, TLS, ROOT);
    row(List.of(leaf(rsa, root), root), TLS, TLS, TLS, TLS, "-tls1_3");
    row(
        List.of(Issued.issue("CN=x", rsa, root, days(-1), days(9), "192.0.2.1"), root),
        NAME,
        NAME,
        ROOT,
        ROOT);
    Issued expired = Issued.issue("CN=y", rsa, root, days(-9), days(-2), "10.0.2.2");
    row(List.of(expired, root), ROOT, ROOT, ROOT, ROOT);
    Issued early = Issued.issue("CN=z", rsa, root, days(2), days(9), "10.0.2.2");
    row(List.of(early, root), ROOT, ROOT, ROOT, ROOT);
    Issued other = authority("CN=Other root", rsa, null);
    row(List.of(leaf(rsa, other), other), ROOT, ROOT, ROOT, ROOT);
  }

  private static void row(
      List<Issued> chain,
      String first,
      String second,
      String stranger,
      String strangerToSecond,
      String... options) {
    ROWS.add(
        new Row(
            OpensslServer.start(folder, chain, List.of(options)),
            first,
            second,
            stranger,
            strangerToSecond));
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private static Issued authority(String name, KeyPair keys, @Nullable Issued by) {
    return Issued.issue(name, keys, by, days(-1), days(9), "");
  }

  private static Issued leaf(KeyPair keys, Issued by) {
    return Issued.issue("CN=10.0.2.2", keys, by, days(-1), days(9), "10.0.2.2");
  }

  @AfterAll
  static void close() {
    ROWS.forEach(row -> row.server().close());
  }

  @ParameterizedTest
  @CsvSource({"UEFI, false", "UEFI, true", "BIOS, false", "BIOS, true"})
  void imageThatTrustsTheRoot(Firmware firmware, boolean newer) {
    boot(firmware, newer, true, "--trust-root", root());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void imageThatDoesNot(boolean newer) {
    // Without a DNS server iPXE need not wait for one to tell where ca.ipxe.org is.
    boot(Firmware.BIOS, newer, false, "--address", "10.0.2.15/24", "--gateway", "10.0.2.2");
  }

  private static String root() {
    return folder.resolve("root.pem").toString();
  }

  private static void boot(Firmware firmware, boolean newer, boolean trusts, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    if (newer) {
      options.addAll(List.of("--core", SecondCore.require().toString()));
    }
    options.addAll(List.of("--kernel-attempts", "1"));
    ROWS.forEach(row -> options.addAll(List.of("--kernel-url", row.url())));
    Medium usb = Medium.usb(folder, options.toArray(String[]::new));
    DiskBus bus = firmware == Firmware.BIOS ? DiskBus.IDE : DiskBus.VIRTIO;
    try (QemuMachine running =
        Qemu.with(firmware).disk(bus, usb.file()).nic(Nic.virtio()).start()) {
      Console console = running.console();
      for (Row row : ROWS) {
        String said = row.expected(newer, trusts);
        console.await(
            Pattern.compile(
                Pattern.quote("kernel: " + row.url())
                    + "\\n(?:(?!Fetching)[^\\n]*\\n){1,8}no "
                    + Pattern.quote(said)
                    + "\\n"),
            PATIENCE);
      }
    }
  }
}
