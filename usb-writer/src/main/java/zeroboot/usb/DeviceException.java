package zeroboot.usb;

/** Something about a device that its user can mend: where, what, and how to mend it. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is. */
  public enum Kind {
    /** The device, or the image, could not be read or written. */
    IO,
    /** Refused, because something could be lost. */
    REFUSED
  }

  private final Kind kind;
  private final String where;
  private final String what;
  private final String mend;

  private DeviceException(Kind kind, String where, String what, String mend) {
    super(where + ": " + what + "; " + mend);
    this.kind = kind;
    this.where = where;
    this.what = what;
    this.mend = mend;
  }

  /** The device or the image failed. */
  public static DeviceException io(String where, String what, String mend) {
    return new DeviceException(Kind.IO, where, what, mend);
  }

  /** A refusal. */
  public static DeviceException refused(String where, String what, String mend) {
    return new DeviceException(Kind.REFUSED, where, what, mend);
  }

  /** The kind, for the exit code. */
  public Kind kind() {
    return kind;
  }

  /** The device or file. */
  public String where() {
    return where;
  }

  /** What is wrong. */
  public String what() {
    return what;
  }

  /** What to do about it. */
  public String mend() {
    return mend;
  }
}
