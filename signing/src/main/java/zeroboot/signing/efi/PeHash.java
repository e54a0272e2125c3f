package zeroboot.signing.efi;

import java.security.MessageDigest;
import java.util.List;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.SectionHeader;

/**
 * The digest of a PE image that Authenticode signs ("Windows Authenticode Portable Executable
 * Signature Format", section "Calculating the PE Image Hash"): everything but the CheckSum field,
 * the Certificate Table's entry among the data directories, and that table itself.
 */
final class PeHash {
  private static final int CHECK_SUM_SIZE = 4;
  private static final int ENTRY_SIZE = 8;

  private PeHash() {}

  /**
   * The SHA-256 of {@code file}.
   *
   * @throws ZbootException (settings) if firmware could see another image than we do
   */
  static byte[] of(String where, byte[] file, PeImage image) {
    requireGapless(where, image);
    int end = end(where, file, image);
    MessageDigest digest = Sha256.begin();
    int afterCheckSum = image.checkSum() + CHECK_SUM_SIZE;
    int afterEntry = image.certificateEntry() + ENTRY_SIZE;
    digest.update(file, 0, image.checkSum());
    digest.update(file, afterCheckSum, image.certificateEntry() - afterCheckSum);
    digest.update(file, afterEntry, end - afterEntry);
    return digest.digest();
  }

  /** Where the certificate table begins, or the file ends. Nothing may come after the table. */
  static int end(String where, byte[] file, PeImage image) {
    if (image.certificates().size() == 0) {
      return file.length;
    }
    int from = image.certificates().address();
    if (from + image.certificates().size() != file.length || from < lastByte(image)) {
      throw ZbootException.settings(
          where, "has its signatures in the wrong place", "take the file as it was made");
    }
    return from;
  }

  private static int lastByte(PeImage image) {
    return image.sections().stream()
        .mapToInt(SectionHeader::endOfRawData)
        .reduce(image.sizeOfHeaders(), Math::max);
  }

  /**
   * Signers and firmware agree on the hash if sections follow each other; where there are holes
   * some skip them and some do not.
   */
  private static void requireGapless(String where, PeImage image) {
    int at = image.sizeOfHeaders();
    List<SectionHeader> inFile =
        image.sections().stream()
            .filter(section -> section.sizeOfRawData() > 0)
            .sorted(
                (one, other) -> Integer.compare(one.pointerToRawData(), other.pointerToRawData()))
            .toList();
    for (SectionHeader section : inFile) {
      if (section.pointerToRawData() != at) {
        throw ZbootException.settings(
            where,
            "has a gap or an overlap before its section " + section.name(),
            "sign a file whose sections follow each other");
      }
      at = section.endOfRawData();
    }
  }
}
