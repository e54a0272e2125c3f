package zeroboot.signing.efi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.pe.PeChecksum;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.WinCertificate;
import zeroboot.signing.cms.Pkcs7;
import zeroboot.signing.cms.SignedMessage;
import zeroboot.signing.der.Der;
import zeroboot.signing.keys.SigningKey;

/**
 * Signatures inside UEFI files, as Secure Boot asks for them (UEFI specification 2.10, section
 * 32.2.2). Without any time in it: the same key and file give the same bytes.
 */
public final class Authenticode {
  private Authenticode() {}

  /**
   * The file with a signature by {@code key} behind those it has. A signature by the same
   * certificate is replaced. A CheckSum of zero stays: the file was made without.
   *
   * @param where names the file in errors
   * @throws zeroboot.ground.ZbootException (settings) if it is not a 64-bit PE image
   */
  public static byte[] sign(String where, byte[] efi, SigningKey key) {
    PeImage image = PeImage.read(where, efi);
    List<byte[]> signatures = new ArrayList<>(othersThan(key, where, efi, image));
    int end = PeHash.end(where, efi, image);
    byte[] bare = Arrays.copyOf(efi, WinCertificate.aligned(end));
    clearEntry(bare, image);
    byte[] hash = PeHash.of(where, bare, PeImage.read(where, bare));
    signatures.add(signature(hash, key.chain(), key::sign));
    return withTable(bare, image, new CertificateTable(signatures));
  }

  /** The signatures in a file, in their order; none if it has none. */
  public static List<AuthenticodeSignature> signatures(String where, byte[] efi) {
    PeImage image = PeImage.read(where, efi);
    byte[] hash = PeHash.of(where, efi, image);
    return table(where, efi, image).signatures().stream()
        .map(signature -> AuthenticodeSignature.read(signature, hash))
        .toList();
  }

  /** The file without any signature: what was signed, up to zeros at its end. */
  public static byte[] strip(String where, byte[] efi) {
    PeImage image = PeImage.read(where, efi);
    if (image.certificates().size() == 0) {
      return efi;
    }
    byte[] bare = Arrays.copyOf(efi, PeHash.end(where, efi, image));
    clearEntry(bare, image);
    return withCheckSum(bare, image);
  }

  private static List<byte[]> othersThan(SigningKey key, String where, byte[] efi, PeImage image) {
    return table(where, efi, image).signatures().stream()
        .filter(
            signature ->
                AuthenticodeSignature.signer(signature)
                    .map(signer -> !signer.equals(key.certificate()))
                    .orElse(true))
        .toList();
  }

  private static CertificateTable table(String where, byte[] efi, PeImage image) {
    int from = PeHash.end(where, efi, image);
    return CertificateTable.read(SpecReader.of(where, efi).part(where, from, efi.length - from));
  }

  private static byte[] signature(
      byte[] hash, List<X509Certificate> chain, UnaryOperator<byte[]> signer) {
    byte[] content = SpcIndirectData.of(hash);
    return Pkcs7.wrapped(
        Pkcs7.attached(SpcIndirectData.ID, content, attributes(content), chain, signer));
  }

  private static byte[] attributes(byte[] content) {
    return Pkcs7.attributes(
        Optional.of(SpcIndirectData.ID),
        Der.content(content), // PKCS #7 digests no tag and length (RFC 2315, section 9.3)
        Pkcs7.attribute(SpcIndirectData.OPUS_INFO, Der.sequence()));
  }

  /**
   * The file as {@link #sign} writes it, with signatures that were found somewhere. What nobody
   * signed, such as the padding around a signature, is then as it should be.
   *
   * @param bare the file without signatures
   * @param found PKCS #7 SignedData, each; without any, the result is {@code bare}
   */
  public static byte[] withSignatures(String where, byte[] bare, List<byte[]> found) {
    if (found.isEmpty()) {
      return bare;
    }
    byte[] aligned = Arrays.copyOf(bare, WinCertificate.aligned(bare.length));
    PeImage image = PeImage.read(where, aligned);
    byte[] hash = PeHash.of(where, aligned, image);
    List<byte[]> signatures = found.stream().map(one -> asWritten(one, hash)).toList();
    return withTable(aligned, image, new CertificateTable(signatures));
  }

  /** The signatures in a file as they are, PKCS #7 SignedData each. */
  public static List<byte[]> rawSignatures(String where, byte[] efi) {
    return table(where, efi, PeImage.read(where, efi)).signatures();
  }

  /** Whether this is SignedData with a signer whose certificate came along. */
  public static boolean isSignature(byte[] der) {
    return SignedMessage.read(der).isPresent();
  }

  /** A signature of ours in the form that we give it; that of another program as it is. */
  private static byte[] asWritten(byte[] found, byte[] hash) {
    return SignedMessage.read(found)
        .filter(
            read -> Arrays.equals(read.signedAttributes(), attributes(SpcIndirectData.of(hash))))
        .map(read -> signature(hash, read.chain(), data -> read.signer().getSignature()))
        .orElse(found);
  }

  private static byte[] withTable(byte[] bare, PeImage image, CertificateTable table) {
    byte[] entries = table.toBytes();
    byte[] signed = Arrays.copyOf(bare, bare.length + entries.length);
    System.arraycopy(entries, 0, signed, bare.length, entries.length);
    ByteBuffer.wrap(signed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(image.certificateEntry(), bare.length)
        .putInt(image.certificateEntry() + 4, entries.length);
    return withCheckSum(signed, image);
  }

  private static void clearEntry(byte[] file, PeImage image) {
    ByteBuffer.wrap(file).putLong(image.certificateEntry(), 0);
  }

  private static byte[] withCheckSum(byte[] file, PeImage image) {
    ByteBuffer fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (fields.getInt(image.checkSum()) != 0) {
      fields.putInt(image.checkSum(), PeChecksum.of(file, image.checkSum()));
    }
    return file;
  }
}
