package zeroboot.signing.efi;

import java.util.ArrayList;
import java.util.List;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.image.pe.WinCertificate;

/**
 * The attribute certificate table at the end of a PE image (PE format specification, "The Attribute
 * Certificate Table (Image Only)"; UEFI specification 2.10, section 32.2.4): entries of type
 * WIN_CERTIFICATE, each beginning at a multiple of 8.
 *
 * @param signatures PKCS #7 SignedData in a ContentInfo, each
 */
record CertificateTable(List<byte[]> signatures) {
  CertificateTable {
    signatures = List.copyOf(signatures);
  }

  byte[] toBytes() {
    List<WinCertificate> entries = signatures.stream().map(WinCertificate::of).toList();
    SpecWriter w = new SpecWriter(entries.stream().mapToInt(WinCertificate::size).sum());
    entries.forEach(entry -> w.raw(entry.toBytes()));
    return w.endsAt(entries.stream().mapToInt(WinCertificate::size).sum());
  }

  /** Reads a table; entries of other types are not signatures and left out. */
  static CertificateTable read(SpecReader r) {
    List<byte[]> signatures = new ArrayList<>();
    for (int at = 0; at < r.size(); ) {
      WinCertificate entry = WinCertificate.read(r, at);
      if (entry.isSignature()) {
        signatures.add(entry.content());
      }
      at += entry.size();
    }
    return new CertificateTable(signatures);
  }
}
