package zeroboot.ground;

/**
 * Something the user can mend. The message is one line that says where, what and how; {@link Kind}
 * decides the exit code. Anything else that is thrown is a bug.
 */
public final class ZbootException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, by who can mend it. The command line maps each kind to one exit code. */
  public enum Kind {
    /** A file, folder or device could not be read or written. */
    IO,
    /** The command line itself is wrong. */
    USAGE,
    /** A setting, a core or an image is not acceptable. */
    SETTINGS,
    /** Refused because something could be lost. */
    REFUSED,
    /** A signature does not verify. */
    SIGNATURE,
    /** A virtual machine did not boot an image as far as it should. */
    TRIAL
  }

  private final Kind kind;

  private ZbootException(Kind kind, String where, String what, String mend) {
    this(kind, where + ": " + what + "; " + mend);
  }

  private ZbootException(Kind kind, String message) {
    super(VisibleText.of(message)); // bad input may hold line breaks and escape codes
    this.kind = kind;
  }

  /** A file system trouble at {@code where} (a path). */
  public static ZbootException io(String where, String what, String mend) {
    return new ZbootException(Kind.IO, where, what, mend);
  }

  /** A wrong command line; {@code where} names the option. */
  public static ZbootException usage(String where, String what, String mend) {
    return new ZbootException(Kind.USAGE, where, what, mend);
  }

  /** An unacceptable setting; {@code where} names the option, key or file. */
  public static ZbootException settings(String where, String what, String mend) {
    return new ZbootException(Kind.SETTINGS, where, what, mend);
  }

  /** A refusal for safety; {@code where} names what would be lost. */
  public static ZbootException refused(String where, String what, String mend) {
    return new ZbootException(Kind.REFUSED, where, what, mend);
  }

  /** A signature that does not verify; {@code where} names what it is of. */
  public static ZbootException signature(String where, String what, String mend) {
    return new ZbootException(Kind.SIGNATURE, where, what, mend);
  }

  /** A boot that did not get as far as it should; {@code where} names the image. */
  public static ZbootException trial(String where, String what, String mend) {
    return new ZbootException(Kind.TRIAL, where, what, mend);
  }

  /** The same trouble, with the place where the user wrote what caused it before it. */
  public ZbootException at(String origin) {
    return new ZbootException(kind, origin + ": " + getMessage());
  }

  /** The kind, for the exit code. */
  public Kind kind() {
    return kind;
  }
}
