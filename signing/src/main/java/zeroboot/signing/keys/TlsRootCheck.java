package zeroboot.signing.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import zeroboot.core.CoreFeatures;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;

/**
 * Whether one build of iPXE can use a root certificate. It takes no certificate apart that has an
 * algorithm or a critical extension which it does not know (crypto/x509.c), and would tell nobody
 * but a node's screen.
 */
final class TlsRootCheck {
  /** x509.c, x509_extensions: basicConstraints, keyUsage, extKeyUsage, subjectAltName, AIA. */
  private static final Set<String> KNOWN_EXTENSIONS =
      Set.of("2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.17", "1.3.6.1.5.5.7.1.1");

  /** P-256 and P-384: iPXE 2.0.0 takes keys on these curves, and no others. */
  private static final Set<String> SECOND_CORES_CURVES =
      Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34");

  /** What iPXE 2.0.0 takes from such keys: ECDSA with SHA-256, SHA-384 and SHA-512. */
  private static final Set<String> SECOND_CORES_SIGNATURES =
      Set.of("1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4");

  /** What a smaller key vouches for, others can vouch for as well (NIST SP 800-131A). */
  private static final int LEAST_RSA_BITS = SigningKey.MIN_BITS;

  private static final Map<String, String> NAMES =
      Map.of(
          "1.2.840.10045.2.1", "ECDSA",
          "1.2.840.10045.3.1.7", "P-256",
          "1.3.132.0.34", "P-384",
          "1.3.132.0.35", "P-521",
          "1.3.101.112", "Ed25519",
          "1.3.101.113", "Ed448",
          "1.2.840.113549.1.1.10", "RSASSA-PSS");

  private final X509Certificate root;
  private final IpxeCore core;

  private TlsRootCheck(X509Certificate root, IpxeCore core) {
    this.root = root;
    this.core = core;
  }

  /**
   * Refuses a root that {@code core} could not use.
   *
   * @param file where it comes from, for the message
   * @throws ZbootException (settings)
   */
  static void check(Path file, X509Certificate root, IpxeCore core) {
    TlsRootCheck check = new TlsRootCheck(root, core);
    check
        .objection()
        .ifPresent(
            what -> {
              throw ZbootException.settings(file.toString(), what, check.mend());
            });
  }

  /** What iPXE would not take apart in any certificate, a server's or an authority's. */
  static Optional<String> unreadable(X509Certificate certificate, IpxeCore core) {
    return new TlsRootCheck(certificate, core).unreadable();
  }

  private String mend() {
    String other = "give a root with an RSA key of 2048 bits or more";
    return isForSecondCore() ? "add --core 2.0.0, which takes this one, or " + other : other;
  }

  /** Whether nothing but the core is in the way, and zboot knows one that takes it. */
  private boolean isForSecondCore() {
    return !core.knowsEcdsa()
        && curve(algorithm()).filter(SECOND_CORES_CURVES::contains).isPresent()
        && SECOND_CORES_SIGNATURES.contains(root.getSigAlgOID())
        && unknownExtension().or(this::wrongUsage).isEmpty();
  }

  private AlgorithmIdentifier algorithm() {
    return SubjectPublicKeyInfo.getInstance(root.getPublicKey().getEncoded()).getAlgorithm();
  }

  /** The named curve of a key on one. */
  private static Optional<String> curve(AlgorithmIdentifier algorithm) {
    return algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
        ? Optional.of(curve.getId())
        : Optional.empty();
  }

  private Optional<String> objection() {
    return unknownKey().or(this::weakKey).or(this::unreadable).or(this::wrongUsage);
  }

  private Optional<String> unreadable() {
    return unknownKey()
        .or(() -> unknown(root.getSigAlgOID(), "is signed with " + shown(root.getSigAlgOID())))
        .or(this::unknownExtension);
  }

  private Optional<String> unknownKey() {
    AlgorithmIdentifier algorithm = algorithm();
    String oid = algorithm.getAlgorithm().getId();
    Optional<String> key = unknown(oid, "has a key for " + shown(oid));
    if (key.isPresent() || !algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return key;
    }
    Optional<String> curve = curve(algorithm);
    return curve.isEmpty()
        ? Optional.of("has a key on a curve of its own")
        : unknown(curve.get(), "has a key on the curve " + shown(curve.get()));
  }

  private Optional<String> weakKey() {
    return root.getPublicKey() instanceof RSAPublicKey rsa
            && rsa.getModulus().bitLength() < LEAST_RSA_BITS
        ? Optional.of("has an RSA key of only " + rsa.getModulus().bitLength() + " bits")
        : Optional.empty();
  }

  /** Whether {@code core} knows an algorithm, by its dotted object identifier. */
  static boolean knows(IpxeCore core, String oid) {
    return CoreFeatures.knowsAlgorithm(core, der(oid));
  }

  private Optional<String> unknown(String oid, String what) {
    return knows(core, oid)
        ? Optional.empty()
        : Optional.of(what + ", which iPXE " + core.version() + " does not know");
  }

  private Optional<String> unknownExtension() {
    Set<String> all = root.getCriticalExtensionOIDs(); // null for a certificate of version 1
    Set<String> critical = all == null ? new TreeSet<>() : new TreeSet<>(all);
    critical.removeAll(KNOWN_EXTENSIONS);
    return critical.stream()
        .findFirst()
        .map(oid -> "has the critical extension " + oid + ", which iPXE does not know");
  }

  private Optional<String> wrongUsage() {
    boolean[] usage = root.getKeyUsage();
    return usage != null && !usage[Trust.KEY_CERT_SIGN]
        ? Optional.of("may not sign the certificates of servers (keyCertSign)")
        : Optional.empty();
  }

  private static String shown(String oid) {
    return NAMES.getOrDefault(oid, "algorithm " + oid);
  }

  /** The identifier without tag and length. */
  private static byte[] der(String oid) {
    try {
      byte[] encoded = new ASN1ObjectIdentifier(oid).getEncoded();
      return Arrays.copyOfRange(encoded, 2, encoded.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
