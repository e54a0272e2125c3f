package zeroboot.signing.keys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/**
 * Which key of which token (RFC 7512): {@code
 * pkcs11:token=farm;object=db?module-path=/usr/lib/softhsm/libsofthsm2.so}.
 *
 * <p>An attribute that is not known matches nothing (section 2.5), so it is refused, and so is one
 * that stands twice (section 2.3). {@code pin-value} is refused as well: every user of a machine
 * sees the command lines of all.
 *
 * @param path the attributes before the question mark, decoded
 * @param modulePath the library that talks to the token, or the folder that it is in
 * @param moduleName its name, without what stands before and after it in a file's name
 * @param pinSource the file whose first line is the PIN
 * @param shown what errors and prompts call it
 */
record Pkcs11Uri(
    Map<String, byte[]> path,
    Optional<Path> modulePath,
    Optional<String> moduleName,
    Optional<Path> pinSource,
    String shown) {
  static final String SCHEME = "pkcs11:";
  static final String TOKEN = "token";
  static final String SERIAL = "serial";
  static final String MODEL = "model";
  static final String MANUFACTURER = "manufacturer";
  static final String SLOT_ID = "slot-id";
  static final String SLOT_DESCRIPTION = "slot-description";
  static final String SLOT_MANUFACTURER = "slot-manufacturer";
  static final String LIBRARY_DESCRIPTION = "library-description";
  static final String LIBRARY_MANUFACTURER = "library-manufacturer";
  static final String LIBRARY_VERSION = "library-version";
  static final String OBJECT = "object";
  static final String ID = "id";
  static final String TYPE = "type";
  private static final String PIN_VALUE = "pin-value";

  private static final List<String> PATH =
      List.of(
          TOKEN,
          SERIAL,
          MODEL,
          MANUFACTURER,
          SLOT_ID,
          SLOT_DESCRIPTION,
          SLOT_MANUFACTURER,
          LIBRARY_DESCRIPTION,
          LIBRARY_MANUFACTURER,
          LIBRARY_VERSION,
          OBJECT,
          ID,
          TYPE);
  private static final List<String> QUERY = List.of("module-path", "module-name", "pin-source");

  /** Those with a key to sign with, or that lead to one by the same ID. */
  private static final Set<String> TYPES = Set.of("private", "cert");

  private static final String MEND =
      "write it like 'pkcs11:token=farm;object=db?module-path=/usr/lib/softhsm/libsofthsm2.so'";

  /**
   * Reads a URI.
   *
   * @throws ZbootException (usage) if it is not one, or asks for what zboot cannot do
   */
  static Pkcs11Uri parse(String uri) {
    if (uri.toLowerCase(Locale.ROOT).contains(PIN_VALUE)) {
      // Not shown: it holds the PIN.
      throw ZbootException.usage(
          "pkcs11 URI",
          "every user of this machine sees a PIN on the command line (" + PIN_VALUE + ")",
          "put it into a file and say pin-source=FILE, or give --password-file FILE");
    }
    String rest = uri.substring(SCHEME.length());
    int query = rest.indexOf('?');
    String selects = query < 0 ? rest : rest.substring(0, query);
    Map<String, byte[]> path = attributes(uri, selects, ";", PATH);
    Map<String, byte[]> more =
        attributes(uri, query < 0 ? "" : rest.substring(query + 1), "&", QUERY);
    check(uri, path);
    return new Pkcs11Uri(
        path,
        Optional.ofNullable(more.get("module-path")).map(bytes -> file(uri, "module-path", bytes)),
        Optional.ofNullable(more.get("module-name")).map(bytes -> name(uri, bytes)),
        Optional.ofNullable(more.get("pin-source")).map(bytes -> pinSource(uri, bytes)),
        SCHEME + selects);
  }

  private static Map<String, byte[]> attributes(
      String uri, String text, String separator, List<String> known) {
    Map<String, byte[]> found = new LinkedHashMap<>();
    for (String attribute : text.split(separator, -1)) {
      int equals = attribute.indexOf('=');
      if (equals > 0) {
        String name = attribute.substring(0, equals);
        if (!known.contains(name)) {
          throw ZbootException.usage(
              uri, "has the unknown attribute " + name, Spelling.mend(name, known));
        }
        if (found.put(name, decoded(uri, attribute.substring(equals + 1))) != null) {
          throw ZbootException.usage(uri, "has " + name + " twice", "leave one out");
        }
      } else if (!attribute.isEmpty()) {
        throw ZbootException.usage(uri, "is not a PKCS #11 URI", MEND);
      }
    }
    return found;
  }

  /** RFC 3986, section 2.1: all but {@code %XX} stands for itself, {@code +} too. */
  private static byte[] decoded(String uri, String value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] raw = value.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < raw.length; at++) {
      if (raw[at] != '%') {
        bytes.write(raw[at]);
        continue;
      }
      int high = at + 2 < raw.length ? Character.digit(raw[at + 1], 16) : -1;
      int low = at + 2 < raw.length ? Character.digit(raw[at + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw ZbootException.usage(
            uri, "has a % without two hexadecimal digits behind it", "write % itself as %25");
      }
      bytes.write(high << 4 | low);
      at += 2;
    }
    return bytes.toByteArray();
  }

  private static void check(String uri, Map<String, byte[]> path) {
    byte[] slot = path.get(SLOT_ID);
    if (slot != null && !text(slot).matches("[0-9]{1,10}")) {
      throw ZbootException.usage(uri, "has a slot-id that is not a number", MEND);
    }
    byte[] type = path.get(TYPE);
    if (type != null && !TYPES.contains(text(type))) {
      throw ZbootException.usage(
          uri, "names no private key, but type=" + text(type), "say type=private, or leave it out");
    }
  }

  private static Path file(String uri, String attribute, byte[] bytes) {
    String name = text(bytes);
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      throw ZbootException.usage(uri, "has a " + attribute + " that is not a file's name", MEND);
    }
    return Path.of(name);
  }

  private static String name(String uri, byte[] bytes) {
    String name = text(bytes);
    if (!name.matches("[A-Za-z0-9._+-]+")) {
      throw ZbootException.usage(
          uri, "has a module-name that is not a plain name", "say module-path=FILE");
    }
    return name;
  }

  /** Section 2.4: a file's name or a {@code file:} URI; what runs programs is refused. */
  private static Path pinSource(String uri, byte[] bytes) {
    String source = text(bytes);
    String name = source.replaceFirst("^file:(//(localhost)?(?=/))?", "");
    if (name.startsWith("|") || name.matches("[a-z][a-z0-9+.-]*:.*")) {
      throw ZbootException.usage(
          uri, "has a pin-source that is not a file", "say pin-source=/the/file");
    }
    // The name in a file: URI is encoded once more, and was decoded as a value of this one.
    return name.equals(source)
        ? file(uri, "pin-source", bytes)
        : file(uri, "pin-source", decoded(uri, name));
  }

  /** Whether nothing is said of this attribute, or this. */
  boolean matches(String attribute, String value) {
    byte[] wanted = path.get(attribute);
    return wanted == null || Arrays.equals(wanted, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether objects of this type are meant, or none is named. */
  boolean means(String type) {
    return matches(TYPE, type);
  }

  Optional<byte[]> value(String attribute) {
    return Stream.ofNullable(path.get(attribute)).findFirst();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
