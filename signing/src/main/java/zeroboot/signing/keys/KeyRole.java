package zeroboot.signing.keys;

import java.util.Arrays;
import java.util.Optional;

/** The keys of a set. The first three are Secure Boot's (UEFI specification 2.10, section 32.3). */
public enum KeyRole {
  /** The owner of the machine; signs changes of KEK. */
  PK("PK", "Secure Boot platform key"),
  /** Signs changes of db. */
  KEK("KEK", "Secure Boot key exchange key"),
  /** Signs what the machine may start. */
  DB("db", "Secure Boot signature key"),
  /** Signs files for people and programs; firmware knows nothing of it. */
  SIGN("sign", "code signing");

  private final String id;
  private final String use;

  KeyRole(String id, String use) {
    this.id = id;
    this.use = use;
  }

  /** The name of its files, of its entry in a PKCS #12 file, and of its variable in firmware. */
  public String id() {
    return id;
  }

  /** What it is for, as its certificate says it. */
  public String use() {
    return use;
  }

  /** The role of a PKCS #12 entry; Java writes their names in lower case. */
  static Optional<KeyRole> ofEntry(String name) {
    return Arrays.stream(values()).filter(role -> role.id.equalsIgnoreCase(name)).findFirst();
  }
}
