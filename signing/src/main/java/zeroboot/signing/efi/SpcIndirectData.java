package zeroboot.signing.efi;

import zeroboot.signing.cms.Pkcs7;
import zeroboot.signing.der.Der;

/**
 * What an Authenticode signature signs instead of the file: its digest, and that it is a PE image
 * ("Windows Authenticode Portable Executable Signature Format", section "Authenticode-Specific
 * Structures").
 */
final class SpcIndirectData {
  /** SPC_INDIRECT_DATA_OBJID. */
  static final String ID = "1.3.6.1.4.1.311.2.1.4";

  /** SPC_SP_OPUS_INFO_OBJID: name and URL of the program, which must be there and may be empty. */
  static final String OPUS_INFO = "1.3.6.1.4.1.311.2.1.12";

  /** SPC_PE_IMAGE_DATAOBJ. */
  private static final String PE_IMAGE_DATA = "1.3.6.1.4.1.311.2.1.15";

  /** What the format asks for in the place of a file name. */
  private static final String NO_FILE = "<<<Obsolete>>>";

  private static final int SPC_LINK_FILE = 2;
  private static final int SPC_STRING_UNICODE = 0;

  private SpcIndirectData() {}

  /**
   * SpcIndirectDataContent ::= SEQUENCE { data SpcAttributeTypeAndOptionalValue, messageDigest
   * DigestInfo }.
   *
   * @param hash of the image, SHA-256
   */
  static byte[] of(byte[] hash) {
    byte[] spcLink = Der.explicit(SPC_LINK_FILE, Der.bmpString(SPC_STRING_UNICODE, NO_FILE));
    byte[] spcPeImageData =
        Der.sequence(
            Der.noBits(), // flags: all of the image
            Der.explicit(0, spcLink)); // file
    byte[] data = Der.sequence(Der.oid(PE_IMAGE_DATA), spcPeImageData);
    return Der.sequence(data, Der.sequence(Pkcs7.WITH_NULL, Der.octets(hash)));
  }
}
