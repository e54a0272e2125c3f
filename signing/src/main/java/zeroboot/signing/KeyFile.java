package zeroboot.signing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import zeroboot.spec.ZbootException;

/** Files with keys and certificates: small, and private where a private key is in them. */
final class KeyFile {
  /** More than any key with its certificates. */
  private static final int MAX_BYTES = 1 << 20;

  private static final String PEM_MARK = "-----BEGIN ";

  private KeyFile() {}

  /** The bytes of a file that may hold a private key, unless everybody may read it. */
  static byte[] readPrivate(Path file) {
    byte[] bytes = read(file);
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw ZbootException.settings(
            file.toString(),
            "every user of this machine may read the key",
            "take it from them with: chmod 600 " + file);
      }
    } catch (UnsupportedOperationException e) {
      // No such permissions on this file system: nothing can be said.
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return bytes;
  }

  static byte[] read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw ZbootException.usage(file.toString(), "is a folder", "name the file in it");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw ZbootException.settings(
            file.toString(), "is too large for a key or a certificate", "name another file");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static boolean isPem(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM_MARK);
  }

  /**
   * The certificates in a PEM or DER file.
   *
   * @throws ZbootException (settings) if there is none
   */
  static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> found = certificates(read(file));
    if (found.isEmpty()) {
      throw ZbootException.settings(
          file.toString(), "holds no certificate", "give a certificate as PEM or DER");
    }
    return found;
  }

  /** The certificates among {@code bytes}; empty if it is something else. */
  static List<X509Certificate> certificates(byte[] bytes) {
    try {
      Collection<? extends java.security.cert.Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      return all.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      return List.of();
    }
  }

  private static ZbootException unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return ZbootException.usage(file.toString(), "no such file", "name one that is there");
    }
    if (e instanceof AccessDeniedException) {
      return ZbootException.usage(
          file.toString(), "is not readable for you", "run zboot as the user it belongs to");
    }
    return ZbootException.io(
        file.toString(), "cannot be read (" + e.getMessage() + ")", "look at the disk");
  }
}
