package zeroboot.testing.bmc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import zeroboot.testing.ForeignTool;

/** A key with a self-signed certificate, made by Java's keytool. */
public final class SimCertificate {
  private static @Nullable SimCertificate shared;

  private final SSLContext context;
  private final Certificate certificate;

  private SimCertificate(SSLContext context, Certificate certificate) {
    this.context = context;
    this.certificate = certificate;
  }

  /** One for all controllers that need none of their own. */
  public static synchronized SimCertificate shared() {
    if (shared == null) {
      shared = create("bmc.example", "ip:127.0.0.1");
    }
    return shared;
  }

  /**
   * Makes one.
   *
   * @param name for {@code CN}
   * @param alternatives {@code ip:127.0.0.1}; empty for none
   */
  public static SimCertificate create(String name, String alternatives) {
    try {
      Path folder = Files.createTempDirectory("zboot-sim");
      try {
        return create(folder.resolve("key.p12"), name, alternatives);
      } finally {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SimCertificate create(Path file, String name, String alternatives)
      throws IOException, GeneralSecurityException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String[] words =
        ("-genkeypair -alias key -keyalg EC -groupname secp256r1 -storetype PKCS12 -storepass"
                + " changeit -validity 30 -keystore "
                + file
                + " -dname CN="
                + name
                + (alternatives.isEmpty() ? "" : " -ext san=" + alternatives))
            .split(" ");
    ForeignTool.at(keytool).run(words).ok();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new SimCertificate(context, store.getCertificate("key"));
  }

  SSLContext context() {
    return context;
  }

  /** SHA-256 in hexadecimal, lower case. */
  public String fingerprint() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate as PEM. */
  public String pem() {
    try {
      byte[] line = {'\n'};
      return "-----BEGIN CERTIFICATE-----\n"
          + new String(
              Base64.getMimeEncoder(64, line).encode(certificate.getEncoded()),
              StandardCharsets.US_ASCII)
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
