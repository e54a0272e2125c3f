package zeroboot.cli.keys;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.SigningKey;

/**
 * What opens the key of {@code --key}: its certificate, where that lies apart, and its password.
 */
final class KeyAccess {
  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "The certificate, for a PEM key without.")
  @Nullable Path certificate;

  @Mixin final PasswordOption password;

  KeyAccess(Map<String, String> environment) {
    password = new PasswordOption(environment);
  }

  /** The key, whatever it is for. */
  SigningKey open(String key) {
    return KeyReader.open(key, Optional.ofNullable(certificate), password::password);
  }
}
