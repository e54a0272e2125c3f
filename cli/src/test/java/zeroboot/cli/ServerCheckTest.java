package zeroboot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SecondCore;

/** {@code zboot check} at openssl's server, with every kind of certificate and version of TLS. */
class ServerCheckTest {
  private static final Pattern ACCEPTS = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:([0-9]+)");
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  @TempDir private static Path folder;
  private static Issued root = unset();
  private static Issued other = unset();
  private static int serial = 1;

  /** A certificate and its key. */
  private record Issued(X509Certificate certificate, KeyPair keys) {}

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
    root = issue("CN=Farm root", rsa(2048), null, Duration.ofDays(-1), Duration.ofDays(9), "");
    other = issue("CN=Other root", rsa(2048), null, Duration.ofDays(-1), Duration.ofDays(9), "");
    pem("root.pem", root.certificate());
    pem("other.pem", other.certificate());
  }

  @ParameterizedTest
  @CsvSource({"2048,RSA of 2048 bits", "3072,RSA of 3072 bits", "4096,RSA of 4096 bits"})
  void rsaIsTaken(int bits, String shown) throws Exception {
    CliRun run = check(List.of(leaf(rsa(bits)), root), "root.pem");
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
    List<Issued> chain = List.of(leaf(ec(curve)), root);
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
    Issued one = issue("CN=One", rsa(2048), root, Duration.ofDays(-1), Duration.ofDays(9), "");
    Issued two = issue("CN=Two", rsa(2048), one, Duration.ofDays(-1), Duration.ofDays(9), "");
    Issued server =
        issue("CN=127.0.0.1", rsa(2048), two, Duration.ofDays(-1), Duration.ofDays(9), "127.0.0.1");
    CliRun run = check(List.of(server, two, one, root), "root.pem");
    assertEquals(0, run.exitCode(), run.text() + run.err());
    says(run, "the server sends 4 certificates");

    CliRun missing = check(List.of(server, one, root), "root.pem");
    assertEquals(6, missing.exitCode(), missing.text());
    says(missing, "FAILED  root: leads to ");
  }

  @Test
  void pinnedRootHasToBeSent() throws Exception {
    CliRun run = check(List.of(leaf(rsa(2048))), "root.pem");
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  root: the server does not send CN=Farm root itself");
  }

  @Test
  void newestVersionAlone() throws Exception {
    CliRun run = check(List.of(leaf(rsa(2048)), root), "root.pem", List.of("-tls1_3"));
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  TLS: the server speaks version 1.3 alone, iPXE 1.2");
  }

  @Test
  void suitesThatNoIpxeHas() throws Exception {
    CliRun run =
        check(
            List.of(leaf(rsa(2048)), root),
            "root.pem",
            List.of("-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"));
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  TLS: no cipher suite in common: the server chose TLS_ECDHE_RSA_WITH_CHACHA");
  }

  @ParameterizedTest
  @CsvSource({"-20,-2,expired on", "2,20,is not valid before"})
  void wrongTime(int from, int to, String says) throws Exception {
    Issued server =
        issue(
            "CN=127.0.0.1",
            rsa(2048),
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
        issue("CN=x", rsa(2048), root, Duration.ofDays(-1), Duration.ofDays(9), "192.0.2.1");
    CliRun run = check(List.of(server, root), "root.pem");
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  certificate: is not for 127.0.0.1, but for 192.0.2.1, x");
  }

  @Test
  void wrongRoot() throws Exception {
    CliRun run = check(List.of(leaf(rsa(2048)), root), "other.pem");
    assertEquals(6, run.exitCode(), run.text());
    says(run, "FAILED  root: leads to CN=Farm root, not to CN=Other root of --trust-root");
    CliRun usual = check(List.of(leaf(rsa(2048)), root), "");
    assertEquals(6, usual.exitCode(), usual.text());
    says(usual, "none of the public roots");
  }

  private static void says(CliRun run, String wanted) {
    assertTrue(run.text().contains(wanted), wanted + "\n" + run.text() + run.err());
  }

  private static CliRun check(List<Issued> chain, String trusted, String... more)
      throws IOException {
    return check(chain, trusted, List.of(), more);
  }

  /** Starts a server that sends these certificates, and checks it. */
  private static CliRun check(
      List<Issued> chain, String trusted, List<String> serverOptions, String... more)
      throws IOException {
    Issued server = chain.get(0);
    pem(
        "server.pem",
        server.certificate(),
        new JcaPKCS8Generator(server.keys().getPrivate(), null));
    List<Object> others = new ArrayList<>();
    chain.stream().skip(1).map(Issued::certificate).forEach(others::add);
    pem("chain.pem", others.toArray());
    List<String> command = new ArrayList<>(List.of(ForeignTool.require("openssl").path()));
    command.addAll(List.of("s_server", "-accept", "127.0.0.1:0", "-HTTP"));
    command.addAll(List.of("-cert", "server.pem", "-key", "server.pem"));
    if (!others.isEmpty()) {
      command.addAll(List.of("-cert_chain", "chain.pem"));
    }
    command.addAll(serverOptions);
    Path log = Files.createTempFile(folder, "server", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      List<String> words = new ArrayList<>(List.of("check"));
      words.add("https://127.0.0.1:" + port(process, log) + "/whole");
      if (!trusted.isEmpty()) {
        words.addAll(List.of("--trust-root", folder.resolve(trusted).toString()));
      }
      words.addAll(List.of(more));
      return CliRun.of(words.toArray(String[]::new));
    } finally {
      process.destroy();
      await(process);
    }
  }

  private static void await(Process process) {
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String port(Process process, Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      Matcher accepts = ACCEPTS.matcher(Files.readString(log));
      if (accepts.find()) {
        return accepts.group(1);
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("no server: " + Files.readString(log));
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
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
    return issue("CN=127.0.0.1", keys, root, Duration.ofDays(-1), Duration.ofDays(9), "127.0.0.1");
  }

  private static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Issues a certificate.
   *
   * @param by null for one that signs itself
   * @param address of a server; empty for an authority
   */
  private static Issued issue(
      String subject,
      KeyPair keys,
      @Nullable Issued by,
      Duration from,
      Duration to,
      String address) {
    try {
      X500Name name = new X500Name(subject);
      X500Name issuer =
          by == null ? name : new X500Name(by.certificate().getSubjectX500Principal().getName());
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(serial++),
              Date.from(Instant.now().plus(from)),
              Date.from(Instant.now().plus(to)),
              name,
              keys.getPublic());
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(address.isEmpty()));
      if (!address.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
      }
      KeyPair signer = by == null ? keys : by.keys();
      return new Issued(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate()))),
          keys);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pem(String file, Object... objects) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (Object one : objects) {
        pem.writeObject(one);
      }
      pem.flush();
      Files.writeString(folder.resolve(file), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
