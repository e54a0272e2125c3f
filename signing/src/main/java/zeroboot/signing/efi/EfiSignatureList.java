package zeroboot.signing.efi;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import zeroboot.ground.Guid;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.signing.keys.KeyFile;

/**
 * EFI_SIGNATURE_LIST with one certificate (UEFI specification 2.10, section 32.4.1): the content of
 * PK, KEK or db.
 *
 * @param owner who put the certificate there: for people only
 * @param certificate in DER
 */
record EfiSignatureList(Guid owner, byte[] certificate) {
  /** EFI_CERT_X509_GUID (UEFI specification 2.10, section 32.4.1). */
  private static final Guid CERT_X509 = Guid.of("a5c059a1-94e4-4aa7-87b5-ab155c2bf072");

  private static final int LIST_SIZE = 16;
  private static final int HEADER_SIZE = 20;
  private static final int SIGNATURE_SIZE = 24;

  /** Bytes before the first signature, without a header of its own type. */
  static final int HEADER = 28;

  byte[] toBytes() {
    int signatureSize = Guid.SIZE + certificate.length;
    SpecWriter w = begin(CERT_X509, signatureSize, 1);
    w.at(HEADER).raw(owner.toBytes()); // SignatureOwner
    w.at(HEADER + Guid.SIZE).raw(certificate); // SignatureData
    return w.endsAt(HEADER + signatureSize);
  }

  /** The header of a list of so many signatures, and room for them. */
  static SpecWriter begin(Guid type, int signatureSize, int count) {
    int size = HEADER + count * signatureSize;
    SpecWriter w = new SpecWriter(size);
    w.at(0).raw(type.toBytes()); // SignatureType
    w.at(LIST_SIZE).le32(size); // SignatureListSize
    w.at(HEADER_SIZE).le32(0); // SignatureHeaderSize: none for certificates and digests
    w.at(SIGNATURE_SIZE).le32(signatureSize); // SignatureSize
    return w;
  }

  /**
   * The certificates in a file of such lists; other signatures in them (digests) are passed over.
   *
   * @throws zeroboot.ground.ZbootException (settings) if it is none
   */
  static List<X509Certificate> certificates(SpecReader r) {
    List<X509Certificate> found = new ArrayList<>();
    for (int at = 0; at < r.size(); ) {
      SpecReader header = r.part("EFI signature list", at, HEADER);
      long listSize = header.le32(LIST_SIZE);
      long headerSize = header.le32(HEADER_SIZE);
      long size = header.le32(SIGNATURE_SIZE);
      r.require(
          listSize >= HEADER + headerSize
              && at + listSize <= r.size()
              && size > Guid.SIZE
              && (listSize - HEADER - headerSize) % size == 0,
          "is not an EFI signature list");
      if (Guid.read(header.bytes(0, Guid.SIZE), 0).equals(CERT_X509)) {
        for (long i = at + HEADER + headerSize; i < at + listSize; i += size) {
          byte[] der = r.bytes((int) i + Guid.SIZE, (int) size - Guid.SIZE);
          found.addAll(KeyFile.certificates(der));
        }
      }
      at += (int) listSize;
    }
    return found;
  }
}
