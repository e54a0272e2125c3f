package zeroboot.signing.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zeroboot.core.BundledCore;
import zeroboot.ground.ZbootException;
import zeroboot.signing.TestKeys;
import zeroboot.testing.ForeignTool;

/** The authority of one boot server. */
class ServerRootTest {
  @TempDir private Path folder;

  @Test
  void rootIsKeptForItsOwnerAloneAndStaysTheSame() throws IOException {
    Path file = folder.resolve("root.pem");
    ServerRoot made = ServerRoot.keep(file, TestKeys.NOW);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    ServerRoot again = ServerRoot.keep(file, TestKeys.NOW.plus(Duration.ofDays(7000)));
    assertEquals(made.trust(), again.trust());
    assertNotEquals(made.trust(), ServerRoot.keep(folder.resolve("other"), TestKeys.NOW).trust());
    // What iPXE could not use would show on nodes' screens alone.
    assertEquals(Optional.empty(), TlsRoot.objection(made.certificate(), BundledCore.load()));
    Path alone = folder.resolve("certificate.pem");
    ForeignTool.require("openssl").run("x509", "-in", file + "", "-out", alone + "").ok();
    assertEquals(made.trust(), TlsRoot.read(alone, TestKeys.NOW, BundledCore.load()).trust());
    String says = ForeignTool.require("openssl").run("x509", "-in", file + "", "-text").ok();
    assertTrue(says.contains("CA:TRUE") && says.contains("Certificate Sign"), says);
  }

  @Test
  void rootThatOthersMayReadOrThatIsNoneIsRefused() throws IOException {
    Path file = folder.resolve("root.pem");
    ServerRoot.keep(file, TestKeys.NOW);
    refused(file, TestKeys.NOW.plus(Duration.ofDays(8000)), "ran out on ");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    refused(file, TestKeys.NOW, "every user of this machine may read");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "nonsense");
    refused(file, TestKeys.NOW, "no private key");
  }

  private static void refused(Path file, Instant now, String why) {
    ZbootException e = assertThrows(ZbootException.class, () -> ServerRoot.keep(file, now));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void opensslVerifiesTheServerByItsAddressUnderTheRootAlone() throws Exception {
    Path file = folder.resolve("root.pem");
    ServerRoot root = ServerRoot.keep(file, TestKeys.NOW);
    ServerRoot.keep(folder.resolve("other.pem"), TestKeys.NOW);
    try (SSLServerSocket socket =
        (SSLServerSocket)
            root.server(List.of("192.0.2.3", "127.0.0.1"))
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try {
                  while (true) {
                    try (SSLSocket client = (SSLSocket) socket.accept()) {
                      client.startHandshake();
                    } catch (SSLException e) {
                      // a client that does not trust it
                    }
                  }
                } catch (IOException e) {
                  // closed
                }
              });
      server.setDaemon(true);
      server.start();
      for (String address : List.of("127.0.0.1", "192.0.2.3")) {
        assertTrue(handshake(socket.getLocalPort(), file, address).contains("Verification: OK"));
      }
      assertTrue(
          handshake(socket.getLocalPort(), file, "192.0.2.4").contains("IP address mismatch"));
      assertTrue(
          handshake(socket.getLocalPort(), folder.resolve("other.pem"), "127.0.0.1")
              .contains("Verification error"));
    }
  }

  private static String handshake(int port, Path root, String address) {
    return ForeignTool.require("openssl")
        .run(
            "s_client",
            "-connect",
            "127.0.0.1:" + port,
            "-tls1_2",
            "-CAfile",
            root.toString(),
            "-verify_ip",
            address)
        .output();
  }
}
