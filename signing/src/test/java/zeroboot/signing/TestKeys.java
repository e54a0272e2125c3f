package zeroboot.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import zeroboot.signing.efi.KeySet;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.KeySetPlan;
import zeroboot.signing.keys.PasswordSource;
import zeroboot.testing.ForeignTool;
import zeroboot.testing.SelfSigned;

/** One set of keys for all tests, and openssl as the maker of others. */
public final class TestKeys {
  /** When the tests began. */
  public static final Instant NOW = now();

  static final String PASSWORD = "correct horse";
  public static final KeySet SET =
      KeySet.generate(new KeySetPlan("Example farm", 2048, 10, NOW), new SecureRandom());

  private TestKeys() {}

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  public static PasswordSource password() {
    return what -> PASSWORD.toCharArray();
  }

  public static PasswordSource never() {
    return what -> {
      throw new AssertionError("asked for the password of " + what);
    };
  }

  /** The files of {@link #SET}, private ones readable for their owner only. */
  public static Path writeTo(Path folder) {
    SET.files(PASSWORD.toCharArray()).forEach((name, bytes) -> write(folder.resolve(name), bytes));
    return folder;
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return secret(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path secret(Path file) {
    try {
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The private key of a role as plain PEM, for the tools that take nothing else. */
  public static Path pem(Path folder, KeyRole role) {
    Path file = folder.resolve(role.id() + ".key");
    String p12 = folder.resolve(role.id() + ".p12").toString();
    openssl("pkcs12", "-in", p12, "-nocerts", "-nodes", "-passin", "env:P", "-out", file + "");
    return secret(file);
  }

  /** Runs openssl; the password of the keys is in the variable P. */
  public static String openssl(String... arguments) {
    return ForeignTool.require("openssl").run(Map.of("P", PASSWORD), arguments).ok();
  }

  /** A key with a self-signed certificate by openssl: {@code NAME.key} and {@code NAME.pem}. */
  public static Path selfSigned(Path folder, String name, String keyType, String... extensions) {
    return secret(SelfSigned.create(folder, name, keyType, extensions).key());
  }
}
