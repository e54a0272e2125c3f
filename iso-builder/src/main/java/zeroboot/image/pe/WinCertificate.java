package zeroboot.image.pe;

import zeroboot.ground.Units;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * One entry of the attribute certificate table of a PE image, WIN_CERTIFICATE (PE format
 * specification, "The Attribute Certificate Table (Image Only)"; UEFI specification 2.10, section
 * 32.2.4).
 *
 * @param revision {@link #REVISION} nowadays
 * @param type {@link #PKCS_SIGNED_DATA}, or what is no signature of an image
 * @param content what follows the header
 */
public record WinCertificate(int revision, int type, byte[] content) {
  /** Bytes before the content. */
  public static final int HEADER = 8;

  /** WIN_CERT_REVISION_2_0. */
  public static final int REVISION = 0x0200;

  /** WIN_CERT_TYPE_PKCS_SIGNED_DATA. */
  private static final int PKCS_SIGNED_DATA = 0x0002;

  /** Each entry begins at a multiple of this. */
  private static final int ALIGNMENT = 8;

  private static final int LENGTH = 0;
  private static final int REVISION_AT = 4;
  private static final int TYPE = 6;

  /** One with a PKCS #7 SignedData in a ContentInfo. */
  public static WinCertificate of(byte[] signedData) {
    return new WinCertificate(REVISION, PKCS_SIGNED_DATA, signedData);
  }

  /** Whether its content is a signature of the image. */
  public boolean isSignature() {
    return type == PKCS_SIGNED_DATA;
  }

  /** Bytes to the next entry. */
  public int size() {
    return aligned(HEADER + content.length);
  }

  /** The entry with its padding. */
  public byte[] toBytes() {
    SpecWriter w = new SpecWriter(size());
    w.at(LENGTH).le32(HEADER + content.length); // dwLength
    w.at(REVISION_AT).le16(revision); // wRevision
    w.at(TYPE).le16(type); // wCertificateType
    w.at(HEADER).raw(content); // bCertificate
    w.zerosTo(size());
    return w.endsAt(size());
  }

  /**
   * Reads an entry.
   *
   * @param at where it begins in {@code table}
   * @throws zeroboot.ground.ZbootException if it goes on behind the end
   */
  public static WinCertificate read(SpecReader table, int at) {
    table.require(at + HEADER <= table.size(), "has a cut-off signature");
    long length = statedLength(table, at);
    table.require(length >= HEADER && at + length <= table.size(), "has a cut-off signature");
    SpecReader r = table.part("certificate", at, length);
    return new WinCertificate(
        r.le16(REVISION_AT), r.le16(TYPE), r.bytes(HEADER, (int) length - HEADER));
  }

  /** The length that an entry at {@code at} says it has, header and all. */
  public static long statedLength(SpecReader table, int at) {
    return table.le32(at + LENGTH);
  }

  /** Whether what stands at {@code at} says that it is a signature. */
  public static boolean isSignedAt(SpecReader table, int at) {
    return at + HEADER <= table.size()
        && table.le16(at + REVISION_AT) == REVISION
        && table.le16(at + TYPE) == PKCS_SIGNED_DATA;
  }

  /** {@code size}, or the next place behind it where an entry may begin. */
  public static int aligned(int size) {
    return Units.roundUp(size, ALIGNMENT);
  }
}
