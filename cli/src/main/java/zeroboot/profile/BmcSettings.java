package zeroboot.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.bmc.link.BmcAddress;
import zeroboot.ground.ZbootException;

/**
 * What a profile says of a management controller. A password is never in it: only where it is.
 *
 * @param values by key, each with its place
 */
public record BmcSettings(Map<String, Value> values) {
  /** The key of the group. */
  public static final String KEY = "bmc";

  /** Of the network: {@code 192.0.2.7}. */
  public static final String ADDRESS = "address";

  /** Which of several computers is meant. */
  public static final String SYSTEM = "system";

  /** Which manager's drives are its, where the controller does not say. */
  public static final String MANAGER = "manager";

  /** Who logs in. */
  public static final String USER = "user";

  /** The file whose first line is the password. */
  public static final String PASSWORD_FILE = "password-file";

  /** The environment variable that has the password. */
  public static final String PASSWORD_VARIABLE = "password-variable";

  /** SHA-256 of the certificate. */
  public static final String FINGERPRINT = "fingerprint";

  /** Every key. */
  public static final List<String> KEYS =
      List.of(ADDRESS, SYSTEM, MANAGER, USER, PASSWORD_FILE, PASSWORD_VARIABLE, FINGERPRINT);

  /** Nothing. */
  public static final BmcSettings NONE = new BmcSettings(Map.of());

  /** A value and where it stands. */
  public record Value(String text, String origin) {}

  /** Keeps the order. */
  public BmcSettings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The value of a key. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key)).map(Value::text);
  }

  /** These, where the others say nothing else; one place of the password replaces another. */
  public BmcSettings and(BmcSettings others) {
    Map<String, Value> merged = new LinkedHashMap<>(values);
    if (others.values.containsKey(PASSWORD_FILE) || others.values.containsKey(PASSWORD_VARIABLE)) {
      merged.remove(PASSWORD_FILE);
      merged.remove(PASSWORD_VARIABLE);
    }
    merged.putAll(others.values);
    return new BmcSettings(merged);
  }

  /** What a key means, for the schema and for errors. */
  static String description(String key) {
    return switch (key) {
      case ADDRESS -> "Name or IP address of the management controller, with :PORT if not 443.";
      case SYSTEM -> "Id of the system, where several are behind one controller.";
      case MANAGER -> "Id of the manager whose drives are that system's, where none says so.";
      case USER -> "Who logs in.";
      case PASSWORD_FILE -> "File whose first line is the password; nobody else may read it.";
      case PASSWORD_VARIABLE -> "Environment variable that has the password.";
      default -> "SHA-256 of the controller's certificate, in hexadecimal.";
    };
  }

  /** Refuses what can be seen to be wrong without the controller. */
  static void check(String key, Value value) {
    String text = value.text();
    if (key.equals(ADDRESS)) {
      BmcAddress.parse(value.origin() + ": " + KEY, text);
    }
    boolean fits =
        switch (key) {
          case FINGERPRINT -> text.matches("[0-9a-fA-F]{2}(:?[0-9a-fA-F]{2}){31}");
          case PASSWORD_VARIABLE -> text.matches("[A-Za-z_][A-Za-z0-9_]*");
          case USER -> !text.isBlank() && text.indexOf(':') < 0;
          default -> !text.isBlank();
        };
    if (!fits) {
      throw ZbootException.settings(
          value.origin(), KEY + " " + key + " is not acceptable", "it is: " + description(key));
    }
  }
}
