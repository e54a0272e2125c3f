package zeroboot.signing.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import zeroboot.ground.ZbootException;

/** PKCS #12 (RFC 7292) with Java's own means: AES-256 under a key that PBKDF2 makes (PBES2). */
public final class Pkcs12File {
  private static final String TYPE = "PKCS12";

  private Pkcs12File() {}

  /** Opens the one key in a file. */
  static SigningKey open(String where, byte[] bytes, PasswordSource passwords) {
    requirePkcs12(where, bytes);
    char[] password = passwords.password(where);
    try {
      return key(where, load(where, bytes, password), password);
    } catch (GeneralSecurityException e) {
      throw damaged(where);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** All certificates in a file. */
  public static List<X509Certificate> certificates(
      String where, byte[] bytes, PasswordSource passwords) {
    requirePkcs12(where, bytes);
    char[] password = passwords.password(where);
    try {
      KeyStore store = load(where, bytes, password);
      List<X509Certificate> found = new ArrayList<>();
      for (String entry : Collections.list(store.aliases())) {
        if (store.getCertificate(entry) instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw damaged(where);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** A file with one key. Never the same bytes twice: salts are random. */
  public static byte[] write(
      KeyRole role, PrivateKey key, X509Certificate certificate, char[] password) {
    try {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(null, null);
      store.setKeyEntry(role.id(), key, password, new Certificate[] {certificate});
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, password);
      return out.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java runtime writes PKCS #12", e);
    }
  }

  /** A DER sequence that starts with version 3 (RFC 7292, section 4): else no need to ask. */
  private static void requirePkcs12(String where, byte[] bytes) {
    if (bytes.length < 8 || bytes[0] != 0x30) {
      throw ZbootException.settings(
          where, "holds no private key", "give a PKCS #12 file, a PEM file or a pkcs11: URI");
    }
    KeyStretching.require(where, bytes);
  }

  private static KeyStore load(String where, byte[] bytes, char[] password)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try {
      store.load(new ByteArrayInputStream(bytes), password);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw ZbootException.settings(where, "the password is wrong", "give the right one");
      }
      throw damaged(where);
    }
    return store;
  }

  private static SigningKey key(String where, KeyStore store, char[] password)
      throws GeneralSecurityException {
    List<String> names = new ArrayList<>();
    for (String entry : Collections.list(store.aliases())) {
      if (store.isKeyEntry(entry)) {
        names.add(entry);
      }
    }
    if (names.size() != 1) {
      throw ZbootException.settings(
          where,
          names.isEmpty() ? "holds no private key" : "holds several keys: " + names,
          "give a file with one key and its certificate");
    }
    String name = names.get(0);
    Certificate[] chain = store.getCertificateChain(name);
    if (chain == null || !(store.getKey(name, password) instanceof PrivateKey key)) {
      throw ZbootException.settings(
          where, "holds a key without a certificate", "export both into one file");
    }
    return SigningKey.of(
        where, name, key, null, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
  }

  private static ZbootException damaged(String where) {
    return ZbootException.settings(
        where, "is not a PKCS #12 file, or a damaged one", "give the file that holds the key");
  }
}
