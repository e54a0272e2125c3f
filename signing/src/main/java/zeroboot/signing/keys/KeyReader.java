package zeroboot.signing.keys;

import java.nio.file.Path;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/** Opens a key, whatever it is kept in. */
public final class KeyReader {
  private KeyReader() {}

  /**
   * Opens a key.
   *
   * @param key a PKCS #12 file, a PEM file, or a {@code pkcs11:} URI (RFC 7512)
   * @param certificate a file with the certificate, for a PEM file that has none
   * @throws ZbootException (settings) if the key cannot be opened, or is none
   */
  public static SigningKey open(String key, Optional<Path> certificate, PasswordSource passwords) {
    if (isToken(key)) {
      refuseCertificate(certificate, "a token holds the certificate as well");
      return Pkcs11Token.open(Pkcs11Uri.parse(key), passwords);
    }
    Path file = Path.of(key);
    byte[] bytes = KeyFile.readPrivate(file);
    if (KeyFile.isPem(bytes)) {
      return PemKey.open(key, bytes, certificate, passwords);
    }
    refuseCertificate(certificate, "a PKCS #12 file holds the certificate as well");
    return Pkcs12File.open(key, bytes, passwords);
  }

  /** Does what {@link #open} would have to wait for, for somebody who has time until then. */
  public static void prepare() {
    PasswordDecryptor.rehearse();
  }

  /** Whether a key is in a token, which does one thing at a time and may want somebody's finger. */
  public static boolean isToken(String key) {
    return key.startsWith(Pkcs11Uri.SCHEME);
  }

  private static void refuseCertificate(Optional<Path> certificate, String why) {
    certificate.ifPresent(
        file -> {
          throw ZbootException.usage(file.toString(), why, "leave it out");
        });
  }
}
