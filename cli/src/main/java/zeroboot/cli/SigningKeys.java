package zeroboot.cli;

import java.util.Optional;
import zeroboot.image.EfiSigner;
import zeroboot.signing.DetachedSignature;
import zeroboot.signing.SecureBootSigner;
import zeroboot.signing.SigningKey;

/**
 * The keys that sign results.
 *
 * @param secureBoot signs their UEFI files
 * @param sign signs the whole of each
 */
record SigningKeys(Optional<SigningKey> secureBoot, Optional<SigningKey> sign) {
  /** What signs UEFI files; without a key, something that leaves them alone. */
  EfiSigner efiSigner() {
    return secureBoot.<EfiSigner>map(SecureBootSigner::new).orElse(EfiSigner.NONE);
  }

  /** The signature to lie beside a file with these bytes, if there is a key for it. */
  Optional<byte[]> signature(byte[] bytes) {
    return sign.map(key -> DetachedSignature.make(bytes, key, Optional.empty()));
  }

  /** These keys for one result. */
  Signing of(Target target) {
    return new Signing(this, target);
  }
}
