package zeroboot.signing.efi;

import java.util.ArrayList;
import java.util.List;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * The attribute certificate table at the end of a PE image (PE format specification, "The Attribute
 * Certificate Table (Image Only)"; UEFI specification 2.10, section 32.2.4): entries of type
 * WIN_CERTIFICATE, each beginning at a multiple of 8.
 *
 * @param signatures PKCS #7 SignedData in a ContentInfo, each
 */
record CertificateTable(List<byte[]> signatures) {
  static final int ALIGNMENT = 8;

  /** WIN_CERT_REVISION_2_0. */
  static final int REVISION = 0x0200;

  /** WIN_CERT_TYPE_PKCS_SIGNED_DATA. */
  private static final int TYPE_PKCS_SIGNED_DATA = 0x0002;

  private static final int HEADER = 8;

  CertificateTable {
    signatures = List.copyOf(signatures);
  }

  byte[] toBytes() {
    int size = signatures.stream().mapToInt(s -> aligned(HEADER + s.length)).sum();
    SpecWriter w = new SpecWriter(size);
    int at = 0;
    for (byte[] signature : signatures) {
      w.at(at).le32(HEADER + signature.length); // dwLength
      w.at(at + 4).le16(REVISION); // wRevision
      w.at(at + 6).le16(TYPE_PKCS_SIGNED_DATA); // wCertificateType
      w.at(at + 8).raw(signature); // bCertificate
      at += aligned(HEADER + signature.length);
      w.zerosTo(at);
    }
    return w.endsAt(size);
  }

  /** Reads a table; entries of other types are not signatures and left out. */
  static CertificateTable read(SpecReader r) {
    List<byte[]> signatures = new ArrayList<>();
    for (long at = 0; at < r.size(); ) {
      r.require(at + HEADER <= r.size(), "has a cut-off signature");
      long length = r.le32((int) at);
      r.require(length >= HEADER && at + length <= r.size(), "has a cut-off signature");
      if (r.le16((int) at + 6) == TYPE_PKCS_SIGNED_DATA) {
        signatures.add(r.bytes((int) at + HEADER, (int) length - HEADER));
      }
      at += length + (-length & (ALIGNMENT - 1));
    }
    return new CertificateTable(signatures);
  }

  static int aligned(int size) {
    return (size + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
