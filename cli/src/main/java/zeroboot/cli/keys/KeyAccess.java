package zeroboot.cli.keys;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.ground.ZbootException;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.SigningKey;

/** The key that signs: its certificate, where that lies apart, and its password. */
final class KeyAccess {
  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "PKCS #12 file, PEM file, or pkcs11: URI. Required.")
  @Nullable String key;

  @Option(
      names = "--cert",
      paramLabel = "CERT",
      description = "The certificate, for a PEM key without.")
  @Nullable Path certificate;

  @Mixin final PasswordOption password;

  KeyAccess(Map<String, String> environment) {
    password = new PasswordOption(environment);
  }

  /**
   * Refuses to go on without one, before anything is read.
   *
   * @param mend which one to name
   */
  void requireKey(String mend) {
    if (key == null) {
      throw ZbootException.usage("--key", "is missing", mend);
    }
  }

  /** The key, whatever it is for. */
  SigningKey open() {
    return KeyReader.open(
        Objects.requireNonNull(key), Optional.ofNullable(certificate), password::password);
  }
}
