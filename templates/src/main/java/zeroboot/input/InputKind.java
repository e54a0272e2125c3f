package zeroboot.input;

/** What a file is named for, and how large such a file may be. */
public enum InputKind {
  /** Keys and certificates, with the certificates above them. */
  KEY("a key or a certificate", 1 << 20),
  /** One line. */
  PASSWORD("a file with a password", 1 << 12),
  /** CMS with some certificates. */
  SIGNATURE("a signature", 1 << 20),
  /** A rack of ten thousand nodes fits. */
  PROFILE("a profile", 4 << 20),
  /** What the store of cores writes beside a core. */
  NOTE("the note of a core", 1 << 16),
  /** More than any iPXE build. */
  CORE("an iPXE file", 8 << 20),
  /** Debian's has 4 MiB. */
  PACKAGE("an iPXE package", 64 << 20),
  /** A Zero-OS kernel has some tens of megabytes, an image of ours less than one. */
  IMAGE("an image or a boot file", 1 << 30);

  /** What comes through a pipe has no size beforehand: it is kept in memory as it comes. */
  private static final int MOST_PIPED = 256 << 20;

  private final String shown;
  private final int limit;

  InputKind(String shown, int limit) {
    this.shown = shown;
    this.limit = limit;
  }

  /** For errors: {@code a key or a certificate}. */
  public String shown() {
    return shown;
  }

  /** The most bytes that a plain file of this kind has. */
  public int limit() {
    return limit;
  }

  /** The most bytes that are taken from a pipe. */
  public int pipedLimit() {
    return Math.min(limit, MOST_PIPED);
  }
}
