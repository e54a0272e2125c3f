package zeroboot.signing.efi;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.image.bytes.SpecReader;
import zeroboot.signing.keys.KeyFile;
import zeroboot.signing.keys.KeyReader;
import zeroboot.signing.keys.KeyRights;
import zeroboot.signing.keys.PasswordSource;
import zeroboot.signing.keys.PemKey;
import zeroboot.signing.keys.Pkcs12File;
import zeroboot.signing.keys.SigningKey;

/**
 * What a file of keys or certificates holds, for people.
 *
 * @param kind of file: {@code PKCS #12 with a private key}
 * @param certificates in it; none for a private key alone
 */
public record KeyContents(String kind, List<X509Certificate> certificates) {
  private static final String MEND = "give a key, a certificate, or a file from the folder enroll";

  /**
   * Looks into a file or token.
   *
   * @param key a file, or a {@code pkcs11:} URI
   * @throws ZbootException (settings) if it is nothing of the kind
   */
  public static KeyContents of(String key, PasswordSource passwords) {
    if (KeyReader.isToken(key)) {
      SigningKey token = KeyReader.open(key, Optional.empty(), passwords);
      return new KeyContents("PKCS #11 token with a private key", token.chain());
    }
    byte[] bytes = KeyFile.read(Path.of(key));
    if (KeyFile.isPem(bytes)) {
      return ofPem(Path.of(key), bytes);
    }
    List<X509Certificate> der = KeyFile.certificates(bytes);
    if (!der.isEmpty()) {
      return new KeyContents("certificate, DER", der);
    }
    if (bytes.length > 0 && bytes[0] == 0x30) {
      Pkcs12File.Overview found =
          Pkcs12File.overview(key, KeyFile.readPrivate(Path.of(key)), passwords);
      return new KeyContents(
          "PKCS #12" + (found.hasKey() ? " with a private key" : ""), found.certificates());
    }
    return ofVariable(key, bytes);
  }

  private static KeyContents ofPem(Path file, byte[] bytes) {
    String key = file.toString();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<X509Certificate> certificates = PemKey.certificates(bytes);
    boolean isPrivate = text.contains("PRIVATE KEY-----");
    if (!isPrivate && certificates.isEmpty()) {
      throw ZbootException.settings(key, "holds neither key nor certificate", MEND);
    }
    if (isPrivate) {
      KeyRights.require(file, "the key");
    }
    String kind = isPrivate ? "private key" + (certificates.isEmpty() ? "" : " and ") : "";
    return new KeyContents(
        kind + (certificates.isEmpty() ? "" : "certificate") + ", PEM", certificates);
  }

  private static KeyContents ofVariable(String key, byte[] bytes) {
    SpecReader r = SpecReader.of(key, bytes);
    boolean signed = AuthenticatedVariable.isOne(r);
    try {
      return new KeyContents(
          signed ? "authenticated variable" : "EFI signature list",
          EfiSignatureList.certificates(signed ? AuthenticatedVariable.data(r) : r));
    } catch (ZbootException e) {
      throw ZbootException.settings(key, "holds neither key nor certificate", MEND);
    }
  }
}
