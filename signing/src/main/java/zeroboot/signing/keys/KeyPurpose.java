package zeroboot.signing.keys;

/** What a key is asked to sign. */
public enum KeyPurpose {
  /** UEFI files, for the firmware: the certificate stands in {@code db}. */
  SECURE_BOOT(KeyRole.DB, "sign UEFI files"),
  /** Any file, by a signature beside it. */
  CODE(KeyRole.SIGN, "sign files"),
  /** Changes of {@code db} and {@code dbx}: the certificate stands in {@code KEK}. */
  DATABASES(KeyRole.KEK, "sign changes of dbx");

  private final KeyRole role;
  private final String shown;

  KeyPurpose(KeyRole role, String shown) {
    this.role = role;
    this.shown = shown;
  }

  /** The key of a set made by zboot that is for this. */
  KeyRole role() {
    return role;
  }

  /** As part of a sentence: {@code sign files}. */
  String shown() {
    return shown;
  }
}
