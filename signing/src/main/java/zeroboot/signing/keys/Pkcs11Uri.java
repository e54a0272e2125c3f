package zeroboot.signing.keys;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zeroboot.ground.ZbootException;

/**
 * Which key of which token (RFC 7512): {@code
 * pkcs11:slot-id=7;object=db?module-path=/usr/lib/softhsm/libsofthsm2.so}. Java's PKCS #11 does not
 * tell the labels of tokens, so they are named by their slot.
 *
 * @param slotId the token's slot; if absent, the first one
 * @param object label of the key; if absent, the only one
 * @param modulePath the library that talks to the token
 */
record Pkcs11Uri(Optional<String> slotId, Optional<String> object, String modulePath) {
  static final String SCHEME = "pkcs11:";
  private static final String MEND =
      "write it like pkcs11:slot-id=7;object=db?module-path=/usr/lib/softhsm/libsofthsm2.so";

  /**
   * Reads a URI.
   *
   * @throws ZbootException (usage) if it is none, or asks for what zboot cannot do
   */
  static Pkcs11Uri parse(String uri) {
    if (uri.contains("pin-value=")) {
      // Not shown: it holds the PIN.
      throw ZbootException.usage(
          SCHEME,
          "every user of this machine sees a PIN on the command line",
          "put it into a file and give --password-file");
    }
    String rest = uri.substring(SCHEME.length());
    int query = rest.indexOf('?');
    Map<String, String> path = attributes(uri, query < 0 ? rest : rest.substring(0, query), ";");
    Map<String, String> more = attributes(uri, query < 0 ? "" : rest.substring(query + 1), "&");
    Optional<String> slotId = Optional.ofNullable(path.remove("slot-id"));
    Optional<String> object = Optional.ofNullable(path.remove("object"));
    path.remove("type");
    String module = more.remove("module-path");
    path.putAll(more);
    if (!path.isEmpty()) {
      throw ZbootException.usage(uri, "zboot does not know the attributes " + path.keySet(), MEND);
    }
    if (module == null || module.chars().anyMatch(Character::isISOControl)) {
      throw ZbootException.usage(uri, "names no module-path", MEND);
    }
    if (slotId.isPresent() && !slotId.get().matches("[0-9]{1,10}")) {
      throw ZbootException.usage(uri, "has a slot-id that is no number", MEND);
    }
    return new Pkcs11Uri(slotId, object, module);
  }

  private static Map<String, String> attributes(String uri, String text, String separator) {
    Map<String, String> found = new HashMap<>();
    for (String attribute : text.split(separator, -1)) {
      int equals = attribute.indexOf('=');
      if (equals > 0) {
        found.put(attribute.substring(0, equals), decoded(uri, attribute.substring(equals + 1)));
      } else if (!attribute.isEmpty()) {
        throw ZbootException.usage(uri, "is no PKCS #11 URI", MEND);
      }
    }
    return found;
  }

  private static String decoded(String uri, String value) {
    try {
      // RFC 3986 leaves + as it is; URLDecoder would make it a space.
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ZbootException.usage(uri, "has a wrong % in it", MEND);
    }
  }

  /** What errors and prompts call it. */
  String shown() {
    return SCHEME
        + Stream.of(slotId.map(id -> "slot-id=" + id), object.map(label -> "object=" + label))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(";"));
  }
}
