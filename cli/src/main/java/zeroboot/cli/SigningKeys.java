package zeroboot.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import zeroboot.image.EfiSigner;
import zeroboot.signing.DetachedSignature;
import zeroboot.signing.KeyPurpose;
import zeroboot.signing.KeyReader;
import zeroboot.signing.SecureBootSigner;
import zeroboot.signing.SigningKey;

/**
 * The keys that sign results.
 *
 * @param secureBoot signs their UEFI files
 * @param sign signs the whole of each
 */
record SigningKeys(Optional<SigningKey> secureBoot, Optional<SigningKey> sign) {
  /** Opens a key that can serve; never empty. */
  static Optional<SigningKey> open(
      String key, @Nullable Path certificate, PasswordOption password, KeyPurpose purpose) {
    return Optional.of(
        KeyReader.open(key, Optional.ofNullable(certificate), password::password)
            .fitFor(purpose, Instant.now()));
  }

  /** What signs UEFI files; without a key, something that leaves them alone. */
  EfiSigner efiSigner() {
    return secureBoot.isEmpty() ? EfiSigner.NONE : new SecureBootSigner(secureBoot.get());
  }

  /** Gives the signature of a file to {@code to}, under its own name, if there is a key for it. */
  void signBeside(String name, byte[] bytes, BiConsumer<String, byte[]> to) {
    signature(bytes).ifPresent(made -> to.accept(name + DetachedSignature.EXTENSION, made));
  }

  /** The signature to lie beside a file with these bytes, if there is a key for it. */
  Optional<byte[]> signature(byte[] bytes) {
    return sign.isEmpty()
        ? Optional.empty()
        : Optional.of(DetachedSignature.make(bytes, sign.get(), Optional.empty()));
  }

  /** These keys for one result. */
  Signing of(Target target) {
    return new Signing(this, target);
  }
}
