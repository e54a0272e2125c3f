package zeroboot.signing.keys;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;
import zeroboot.signing.der.BerValue;

/** Files with keys and certificates: small, and private where a private key is in them. */
public final class KeyFile {
  private static final String PEM_MARK = "-----BEGIN ";

  private KeyFile() {}

  /** The bytes of a file that may hold a private key, unless others may read or change it. */
  public static byte[] readPrivate(Path file) {
    byte[] bytes = read(file);
    if (isCertificate(bytes)) {
      throw ZbootException.settings(
          file.toString(),
          "is a certificate, which holds no private key",
          "name the key itself, like " + besides(file, ".p12"));
    }
    KeyRights.require(file, "the key");
    return bytes;
  }

  /** That alone: a PEM file may hold both. */
  private static boolean isCertificate(byte[] bytes) {
    List<BerValue> parts =
        BerValue.all(bytes).stream().limit(1).flatMap(file -> file.children().stream()).toList();
    if (!parts.isEmpty() && parts.get(0).isInteger()) {
      return false; // a version, as a PFX begins; Java's reader of certificates is slow to say so
    }
    boolean hasKey = new String(bytes, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----");
    return !hasKey && !certificates(bytes).isEmpty();
  }

  private static String besides(Path file, String extension) {
    String name = file.toString();
    int dot = name.lastIndexOf('.');
    return (dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name) + extension;
  }

  public static byte[] read(Path file) {
    return BoundedReader.file(file, InputKind.KEY);
  }

  public static boolean isPem(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM_MARK);
  }

  /**
   * The certificates in a PEM or DER file.
   *
   * @throws ZbootException (settings) if there is none
   */
  public static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> found = certificates(read(file));
    if (found.isEmpty()) {
      throw ZbootException.settings(
          file.toString(), "holds no certificate", "give a certificate as PEM or DER");
    }
    return found;
  }

  /** The certificates among {@code bytes}; empty if it is something else. */
  public static List<X509Certificate> certificates(byte[] bytes) {
    try {
      Collection<? extends java.security.cert.Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      return all.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      return List.of();
    }
  }
}
