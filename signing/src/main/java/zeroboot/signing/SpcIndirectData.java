package zeroboot.signing;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.DigestInfo;

/**
 * What an Authenticode signature signs instead of the file: its digest, and that it is a PE image
 * ("Windows Authenticode Portable Executable Signature Format", section "Authenticode-Specific
 * Structures").
 *
 * @param messageDigest algorithm and digest of the image
 */
record SpcIndirectData(DigestInfo messageDigest) {
  /** SPC_INDIRECT_DATA_OBJID. */
  static final ASN1ObjectIdentifier ID = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.4");

  /** SPC_SP_OPUS_INFO_OBJID: name and URL of the program, which must be there and may be empty. */
  static final ASN1ObjectIdentifier OPUS_INFO = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.12");

  /** SPC_PE_IMAGE_DATAOBJ. */
  private static final ASN1ObjectIdentifier PE_IMAGE_DATA =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.15");

  /** What the format asks for in the place of a file name. */
  private static final String NO_FILE = "<<<Obsolete>>>";

  private static final int SPC_LINK_FILE = 2;
  private static final int SPC_STRING_UNICODE = 0;

  /** SpcIndirectDataContent ::= SEQUENCE { data SpcAttributeTypeAndOptionalValue, DigestInfo }. */
  ASN1Sequence toAsn1() {
    ASN1Encodable fileName =
        new DERTaggedObject(false, SPC_STRING_UNICODE, new DERBMPString(NO_FILE));
    ASN1Encodable spcLink = new DERTaggedObject(true, SPC_LINK_FILE, fileName);
    ASN1Encodable peImageData =
        new DERSequence(
            new ASN1Encodable[] {
              new DERBitString(new byte[0]), // flags: all of the image
              new DERTaggedObject(true, 0, spcLink) // file
            });
    ASN1Encodable data = new DERSequence(new ASN1Encodable[] {PE_IMAGE_DATA, peImageData});
    return new DERSequence(new ASN1Encodable[] {data, messageDigest});
  }

  /**
   * Reads the structure.
   *
   * @throws IllegalArgumentException if it is another one
   */
  static SpcIndirectData read(ASN1Encodable encoded) {
    ASN1Sequence content = ASN1Sequence.getInstance(encoded);
    if (content.size() != 2) {
      throw new IllegalArgumentException("not an SpcIndirectDataContent");
    }
    return new SpcIndirectData(DigestInfo.getInstance(content.getObjectAt(1)));
  }
}
