package zeroboot.signing.efi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import zeroboot.ground.Guid;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;
import zeroboot.image.pe.WinCertificate;
import zeroboot.signing.cms.Pkcs7;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.SigningKey;

/**
 * A change of one of firmware's Secure Boot variables that firmware accepts without asking (UEFI
 * specification 2.10, section 8.2.2). As a file, {@code .auth}: EFI_VARIABLE_AUTHENTICATION_2 and
 * the new data behind it.
 *
 * @param name of the variable
 * @param vendor its GUID
 * @param time has to be later than that of the variable's last change
 * @param data the new content, {@link EfiSignatureList}; empty removes the variable
 * @param attributes that the caller of SetVariable() has to give: they are signed as well
 */
record AuthenticatedVariable(String name, Guid vendor, Instant time, byte[] data, int attributes) {
  /** EFI_GLOBAL_VARIABLE (UEFI specification 2.10, section 3.3). */
  private static final Guid GLOBAL_VARIABLE = Guid.of("8be4df61-93ca-11d2-aa0d-00e098032b8c");

  /** EFI_IMAGE_SECURITY_DATABASE_GUID (section 32.6.1). */
  private static final Guid IMAGE_SECURITY_DATABASE =
      Guid.of("d719b2cb-3d3a-4596-a3bc-dad00e67656f");

  /** EFI_CERT_TYPE_PKCS7_GUID (section 8.2.2). */
  private static final Guid CERT_TYPE_PKCS7 = Guid.of("4aafd29d-68df-49ee-8aa9-347d375665a7");

  /** NON_VOLATILE, BOOTSERVICE_ACCESS, RUNTIME_ACCESS, TIME_BASED_AUTHENTICATED_WRITE_ACCESS. */
  private static final int REPLACE = 0x27;

  /**
   * The same and APPEND_WRITE: what the variable has stays, and the time need not be later than
   * that of its last change.
   */
  private static final int APPEND = REPLACE | 0x40;

  /** WIN_CERT_TYPE_EFI_GUID (section 32.2.4). */
  private static final int TYPE_EFI_GUID = 0x0EF1;

  private static final int REVISION = 20;
  private static final int CERTIFICATE_TYPE = 22;

  private static final int CERTIFICATE_HEADER = 24;
  private static final int HEADER = EfiTime.SIZE + CERTIFICATE_HEADER;

  /** The variable that takes the certificates of this role. */
  static AuthenticatedVariable of(KeyRole role, Instant time, byte[] data) {
    Guid vendor = role == KeyRole.DB ? IMAGE_SECURITY_DATABASE : GLOBAL_VARIABLE;
    return new AuthenticatedVariable(role.id(), vendor, time, data, REPLACE);
  }

  /** The variable that shuts images out, {@code dbx}, with {@code data} added to what it has. */
  static AuthenticatedVariable revoking(Instant time, byte[] data) {
    return new AuthenticatedVariable("dbx", IMAGE_SECURITY_DATABASE, time, data, APPEND);
  }

  /** The file, signed by the key above: PK's for PK and KEK, KEK's for db and dbx. */
  byte[] signedBy(SigningKey key) {
    // CertData is the bare SignedData; some firmware also takes one in a ContentInfo.
    byte[] signedData = Pkcs7.detached(signedPart(), key);
    SpecWriter w = new SpecWriter(HEADER + signedData.length + data.length);
    w.at(0).raw(new EfiTime(time).toBytes()); // TimeStamp
    w.at(EfiTime.SIZE).le32(CERTIFICATE_HEADER + signedData.length); // AuthInfo.Hdr.dwLength
    w.at(REVISION).le16(WinCertificate.REVISION); // AuthInfo.Hdr.wRevision
    w.at(CERTIFICATE_TYPE).le16(TYPE_EFI_GUID); // AuthInfo.Hdr.wCertificateType
    w.at(24).raw(CERT_TYPE_PKCS7.toBytes()); // AuthInfo.CertType
    w.at(HEADER).raw(signedData); // AuthInfo.CertData
    w.at(HEADER + signedData.length).raw(data);
    return w.endsAt(HEADER + signedData.length + data.length);
  }

  /** What is signed: name without its NUL, vendor, attributes, time and data. */
  private byte[] signedPart() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(name.getBytes(StandardCharsets.UTF_16LE));
    out.writeBytes(vendor.toBytes());
    out.writeBytes(new SpecWriter(4).le32(attributes).endsAt(4));
    out.writeBytes(new EfiTime(time).toBytes());
    out.writeBytes(data);
    return out.toByteArray();
  }

  /** Whether a file looks like one. */
  static boolean isOne(SpecReader r) {
    return r.size() > HEADER
        && r.le16(REVISION) == WinCertificate.REVISION
        && r.le16(CERTIFICATE_TYPE) == TYPE_EFI_GUID;
  }

  /** The data in a file, which nobody has verified. */
  static SpecReader data(SpecReader r) {
    long from = EfiTime.SIZE + r.le32(EfiTime.SIZE);
    return r.part("EFI signature list", from, r.size() - from);
  }
}
