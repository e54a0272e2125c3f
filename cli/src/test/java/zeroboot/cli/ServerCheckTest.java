package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.SecondCore;

/** {@code zboot check} at openssl's server, with every kind of certificate and version of TLS. */
class ServerCheckTest {
  @TempDir private static Path folder;
  private static Issued root = unset();
  private static Issued other = unset();

  @SuppressWarnings("NullAway") // replaced before the first test
  private static Issued unset() {
    return null;
  }

  @BeforeAll
  static void make() throws IOException {
    Files.writeString(
        folder.resolve("whole"),
        "HTTP/1.1 200 OK\r\nContent-Length: 1024\r\n\r\n" + latin(kernel()),
        StandardCharsets.ISO_8859_1);
    root =
        Issued.issue(
            "CN=Farm root", Issued.rsa(2048), null, Duration.ofDays(-1), Duration.ofDays(9), "");
    other =
        Issued.issue(
            "CN=Other root", Issued.rsa(2048), null, Duration.ofDays(-1), Duration.ofDays(9), "");
    OpensslServer.pem(folder.resolve("root.pem"), root.certificate());
    OpensslServer.pem(folder.resolve("other.pem"), other.certificate());
  }

  @ParameterizedTest
  @CsvSource({"2048,RSA of 2048 bits", "3072,RSA of 3072 bits", "4096,RSA of 4096 bits"})
  void rsaIsTaken(int bits, String shown) throws Exception {
    CliRun run = check(List.of(leaf(Issued.rsa(bits)), root), "root.pem");
    assertEquals(0, run.exitCode(), run.text() + run.err());
    says(run, "ok      TLS: version 1.2, ");
    says(run, "ok      certificate: CN=127.0.0.1 has a key for " + shown);
    says(run, "ok      root: leads to CN=Farm root of --trust-root");
    says(run, "ok      answer: 200 OK, 1,024 bytes");
    says(run, "ok      file: a Linux kernel for UEFI and BIOS machines");
  }

  @ParameterizedTest
  @CsvSource({"secp256r1,256", "secp384r1,384"})
  void ecdsaNeedsTheSecondCore(String curve, int bits) throws Exception {
    List<Issued> chain = List.of(leaf(Issued.ec(curve)), root);
    CliRun run = check(chain, "root.pem");
    assertEquals(6, run.exitCode(), run.text() + run.err());
    says(run, "FAILED  TLS: the server's key is for ECDSA of " + bits + " bits, and iPXE 1.21.1");
    says(run, "--core 2.0.0");

    CliRun second = check(chain, "root.pem", "--core", secondCore());
    assertEquals(0, second.exitCode(), second.text() + second.err());
    says(second, "has a key for ECDSA of " + bits + " bits");
  }

  @Test
  void chainOfFour() throws Exception {
    Issued one =
        Issued.issue("CN=One", Issued.rsa(2048), root, Duration.ofDays(-1), Duration.ofDays(9), "");
    Issued two =
        Issued.issue("CN=Two", Issued.rsa(2048), one, Duration.ofDays(-1), Duration.ofDays(9), "");
    Issued server =
        Issued.issue(
            "CN=127.0.0.1",
            Issued.rsa(2048),
            two,
            Duration.ofDays(-1),
            Duration.ofDays(9),
            "127.0.0.1");
    CliRun run = check(List.of(server, two, one, root), "root.pem");
    assertEquals(0, run.exitCode(), run.text() + run.err());
    says(run, "the server sends 4 certificates");

    CliRun missing = check(List.of(server, one, root), "root.pem");
    assertEquals(6, missing.exitCode(), missing.text());
    says(missing, "FAILED  root: leads to ");
  }

  @Test
  void pinnedRootHasToBeSent() throws Exception {
    CliRun run = check(List.of(leaf(Issued.rsa(2048))), "root.pem");
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  root: the server does not send CN=Farm root itself");
  }

  @Test
  void newestVersionAlone() throws Exception {
    CliRun run = check(List.of(leaf(Issued.rsa(2048)), root), "root.pem", List.of("-tls1_3"));
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  TLS: the server speaks version 1.3 alone, iPXE 1.2");
  }

  @Test
  void suitesThatNoIpxeHas() throws Exception {
    CliRun run =
        check(
            List.of(leaf(Issued.rsa(2048)), root),
            "root.pem",
            List.of("-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"));
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  TLS: no cipher suite in common: the server chose TLS_ECDHE_RSA_WITH_CHACHA");
  }

  @ParameterizedTest
  @CsvSource({"-20,-2,expired on", "2,20,is not valid before"})
  void wrongTime(int from, int to, String says) throws Exception {
    Issued server =
        Issued.issue(
            "CN=127.0.0.1",
            Issued.rsa(2048),
            root,
            Duration.ofDays(from),
            Duration.ofDays(to),
            "127.0.0.1");
    CliRun run = check(List.of(server, root), "root.pem");
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  clock: CN=127.0.0.1 " + says);
  }

  @Test
  void wrongName() throws Exception {
    Issued server =
        Issued.issue(
            "CN=x", Issued.rsa(2048), root, Duration.ofDays(-1), Duration.ofDays(9), "192.0.2.1");
    CliRun run = check(List.of(server, root), "root.pem");
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  certificate: is not for 127.0.0.1, but for 192.0.2.1, x");
  }

  @Test
  void wrongRoot() throws Exception {
    CliRun run = check(List.of(leaf(Issued.rsa(2048)), root), "other.pem");
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  root: leads to CN=Farm root, not to CN=Other root of --trust-root");
    CliRun usual = check(List.of(leaf(Issued.rsa(2048)), root), "");
    assertEquals(6, usual.exitCode(), usual.text());
    says(usual, "not one of the public roots");
  }

  private static void says(CliRun run, String wanted) {
    assertTrue(run.text().contains(wanted), wanted + "\n" + run.text() + run.err());
  }

  private static CliRun check(List<Issued> chain, String trusted, String... more) {
    return check(chain, trusted, List.of(), more);
  }

  /** Starts a server that sends these certificates, and checks it. */
  private static CliRun check(
      List<Issued> chain, String trusted, List<String> serverOptions, String... more) {
    try (OpensslServer server = OpensslServer.start(folder, chain, serverOptions)) {
      List<String> words = new ArrayList<>(List.of("check"));
      words.add("https://127.0.0.1:" + server.port() + "/whole");
      if (!trusted.isEmpty()) {
        words.addAll(List.of("--trust-root", folder.resolve(trusted).toString()));
      }
      words.addAll(List.of(more));
      return CliRun.of(words.toArray(String[]::new));
    }
  }

  /** The smallest file that has the headers of both kinds of kernel. */
  static byte[] kernel() {
    byte[] kernel = new byte[1024];
    ByteBuffer fields = ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN);
    fields.putShort(0, (short) 0x5A4D);
    fields.putInt(0x3C, 0x280);
    fields.putShort(0x1FE, (short) 0xAA55);
    fields.putInt(0x202, 0x53726448);
    fields.putInt(0x280, 0x4550);
    fields.putShort(0x284, (short) 0x8664);
    fields.putShort(0x298, (short) 0x20B);
    fields.putShort(0x280 + 24 + 68, (short) 10);
    return kernel;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String secondCore() {
    return SecondCore.require().toString();
  }

  private static Issued leaf(KeyPair keys) {
    return Issued.issue(
        "CN=127.0.0.1", keys, root, Duration.ofDays(-1), Duration.ofDays(9), "127.0.0.1");
  }
}
