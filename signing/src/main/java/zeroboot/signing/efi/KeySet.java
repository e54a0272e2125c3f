package zeroboot.signing.efi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import zeroboot.signing.keys.CertificateMaker;
import zeroboot.signing.keys.Fingerprint;
import zeroboot.signing.keys.KeyRole;
import zeroboot.signing.keys.KeySetPlan;
import zeroboot.signing.keys.Pkcs12File;
import zeroboot.signing.keys.SigningKey;

/** The four keys of a farm, made together. */
public final class KeySet {
  private final Map<KeyRole, PrivateKey> keys = new EnumMap<>(KeyRole.class);
  private final Map<KeyRole, X509Certificate> certificates = new EnumMap<>(KeyRole.class);

  private KeySet() {}

  /** Makes new keys. Takes a second or so. */
  public static KeySet generate(KeySetPlan plan, SecureRandom random) {
    KeySet set = new KeySet();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(plan.bits(), random);
      for (KeyRole role : KeyRole.values()) {
        KeyPair pair = generator.generateKeyPair();
        set.keys.put(role, pair.getPrivate());
        set.certificates.put(role, CertificateMaker.make(plan, role, pair));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime makes RSA keys", e);
    }
    return set;
  }

  /** The certificate of a role. */
  public X509Certificate certificate(KeyRole role) {
    return value(certificates, role);
  }

  /**
   * The files of the set by their path. Those that end with {@code .p12} are private.
   *
   * @param password for the PKCS #12 files; the caller clears it
   */
  public SortedMap<String, byte[]> files(char[] password) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (KeyRole role : KeyRole.values()) {
      X509Certificate certificate = certificate(role);
      files.put(
          role.id() + ".p12", Pkcs12File.write(role, value(keys, role), certificate, password));
      files.put(role.id() + ".pem", pem(certificate));
      files.put(role.id() + ".der", Fingerprint.der(certificate));
    }
    new Enrolment(this).files().forEach((name, bytes) -> files.put("enroll/" + name, bytes));
    return files;
  }

  /** The key of a role, with its certificate. */
  public SigningKey signingKey(KeyRole role) {
    return SigningKey.of(role.id(), role.id(), value(keys, role), null, List.of(certificate(role)));
  }

  private static <T> T value(Map<KeyRole, T> map, KeyRole role) {
    T found = map.get(role);
    if (found == null) {
      throw new IllegalStateException("a set has all keys");
    }
    return found;
  }

  /** RFC 7468: lines of 64 characters. */
  private static byte[] pem(X509Certificate certificate) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return ("-----BEGIN CERTIFICATE-----\n"
            + lines.encodeToString(Fingerprint.der(certificate))
            + "\n-----END CERTIFICATE-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
