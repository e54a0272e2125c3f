package zeroboot.signing.efi;

import java.util.List;
import zeroboot.ground.Guid;
import zeroboot.image.bytes.SpecWriter;

/**
 * EFI_SIGNATURE_LIST with SHA-256 digests of images (UEFI specification 2.10, section 32.4.1): in
 * {@code dbx}, what firmware is to refuse whoever signed it.
 *
 * @param owner who put them there: for people only
 * @param hashes of 32 bytes each; {@link PeHash}
 */
record EfiHashList(Guid owner, List<byte[]> hashes) {
  /** EFI_CERT_SHA256_GUID (UEFI specification 2.10, section 32.4.1). */
  private static final Guid CERT_SHA256 = Guid.of("c1c41626-504c-4092-aca9-41f936934328");

  private static final int HASH_SIZE = 32;
  private static final int SIGNATURE_SIZE = Guid.SIZE + HASH_SIZE;

  byte[] toBytes() {
    SpecWriter w = EfiSignatureList.begin(CERT_SHA256, SIGNATURE_SIZE, hashes.size());
    int at = EfiSignatureList.HEADER;
    for (byte[] hash : hashes) {
      w.at(at).raw(owner.toBytes()); // SignatureOwner
      w.at(at + Guid.SIZE).raw(hash); // SignatureData
      at += SIGNATURE_SIZE;
    }
    return w.endsAt(at);
  }
}
