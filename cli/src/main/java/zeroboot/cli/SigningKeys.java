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
 * @param opening signs the whole of each; may still be on its way, as it is needed last
 */
record SigningKeys(Optional<SigningKey> secureBoot, Optional<Background<SigningKey>> opening) {
  /** Opens a key that can serve. */
  static SigningKey open(
      String key, @Nullable Path certificate, PasswordOption password, KeyPurpose purpose) {
    return KeyReader.open(key, Optional.ofNullable(certificate), password::password)
        .fitFor(purpose, Instant.now());
  }

  /** Whether results get a signature beside them. */
  boolean signs() {
    return opening.isPresent();
  }

  /** What signs the whole of each result: waits for it, or throws what kept it from opening. */
  Optional<SigningKey> sign() {
    return opening.map(Background::get);
  }

  /** These keys when all are open, for those who write before they sign. */
  SigningKeys opened() {
    sign();
    return this;
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
    return sign().map(key -> DetachedSignature.make(bytes, key, Optional.empty()));
  }

  /** These keys for one result. */
  Signing of(Target target) {
    return new Signing(this, target);
  }
}
