package zeroboot.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;
import zeroboot.spec.KernelUrl;

/**
 * How a profile wants kernels to be proved before a mirror gives them out.
 *
 * @param values by key, each with its place
 */
public record KernelProof(Map<String, List<Value>> values) {
  /** SHA-256 of the kernels that are right. */
  public static final String SHA256 = "kernel-sha256";

  /** Certificates of who has to have signed them. */
  public static final String SIGNER = "kernel-signer";

  /** Where the signature is, if not beside the kernel. */
  public static final String SIGNATURE = "kernel-signature";

  /** Every key. */
  public static final List<String> KEYS = List.of(SHA256, SIGNER, SIGNATURE);

  /** Nothing. */
  public static final KernelProof NONE = new KernelProof(Map.of());

  /** A value and where it stands. */
  public record Value(String text, String origin) {}

  /** Keeps the order. */
  public KernelProof {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The values of a key; none if it is not there. */
  public List<Value> get(String key) {
    return values.getOrDefault(key, List.of());
  }

  /** Where the first of them stands; there has to be one. */
  public String origin() {
    return values.values().iterator().next().get(0).origin();
  }

  /** What is to be said where nothing proves kernels: in images. Nothing if none is to be. */
  public Optional<String> warning() {
    for (Map.Entry<String, List<Value>> entry : values.entrySet()) {
      return Optional.of(
          entry.getValue().get(0).origin()
              + ": "
              + entry.getKey()
              + " is for zboot serve --mirror alone. What is made here starts whatever its"
              + " kernel server gives.");
    }
    return Optional.empty();
  }

  /** These, where the others say nothing else. */
  public KernelProof and(KernelProof others) {
    Map<String, List<Value>> merged = new LinkedHashMap<>(values);
    merged.putAll(others.values);
    return new KernelProof(merged);
  }

  /** Whether a list of values is meant. */
  static boolean isRepeatable(String key) {
    return !key.equals(SIGNATURE);
  }

  /** What a key means, for the schema and for errors. */
  static String description(String key) {
    return switch (key) {
      case SHA256 ->
          "For zboot serve --mirror: SHA-256 of the kernel, in hexadecimal, or of several that are"
              + " right.";
      case SIGNER ->
          "For zboot serve --mirror: certificate (PEM) of who has to have signed the kernel, or of"
              + " who issued it.";
      default -> "URL or file of that signature. Default: the kernel's URL with .sig at its end.";
    };
  }

  /** Refuses what can be seen to be wrong without the kernel; gives the value as it is used. */
  static Value checked(String key, Value value) {
    String text = value.text();
    if (key.equals(SHA256)) {
      String hash = text.toLowerCase(Locale.ROOT);
      if (!Sha256.isHex(hash)) {
        throw ZbootException.settings(
            value.origin(),
            key + " is not a SHA-256 in hexadecimal",
            "sha256sum FILE prints it, 64 digits");
      }
      return new Value(hash, value.origin());
    }
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      throw ZbootException.settings(
          value.origin(), key + " names nothing", "it is: " + description(key));
    }
    if (key.equals(SIGNATURE) && text.contains("://")) {
      KernelUrl.parse(text);
    }
    return value;
  }
}
