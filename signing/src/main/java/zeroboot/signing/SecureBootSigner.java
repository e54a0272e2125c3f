package zeroboot.signing;

import zeroboot.image.plan.EfiSigner;
import zeroboot.signing.efi.Authenticode;
import zeroboot.signing.keys.SigningKey;

/** Signs what goes into an image with one key. */
public record SecureBootSigner(SigningKey key) implements EfiSigner {
  @Override
  public byte[] sign(String where, byte[] efi) {
    return Authenticode.sign(where, efi, key);
  }
}
