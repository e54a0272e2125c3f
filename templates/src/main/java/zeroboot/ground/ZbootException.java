package zeroboot.ground;

import java.util.function.UnaryOperator;

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
  private final String mend;

  private ZbootException(Kind kind, String where, String what, String mend) {
    this(kind, where + ": " + what, VisibleText.of(mend));
  }

  private ZbootException(Kind kind, String found, String mend) {
    super(VisibleText.of(found) + "; " + mend); // bad input may hold line breaks and escape codes
    this.kind = kind;
    this.mend = mend;
  }

  /** What failed in the file system at {@code where} (a path). */
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

  /** The same, with the place where the user wrote what caused it before it. */
  public ZbootException at(String origin) {
    return new ZbootException(kind, origin + ": " + found(), mend);
  }

  /** What is wrong and where, without how to mend it. */
  public String found() {
    String message = String.valueOf(getMessage());
    return message.substring(0, message.length() - mend.length() - "; ".length());
  }

  /** The same for who says the place already. */
  public String foundIn(String where) {
    String place = VisibleText.of(where) + ": ";
    return found().startsWith(place) ? found().substring(place.length()) : found();
  }

  /**
   * The line, with other words for how to mend it: who prints it knows by which name this program
   * was called.
   */
  public String message(UnaryOperator<String> hints) {
    String message = String.valueOf(getMessage());
    return message.substring(0, message.length() - mend.length()) + hints.apply(mend);
  }

  /** The kind, for the exit code. */
  public Kind kind() {
    return kind;
  }
}
