package zeroboot.bmc.link;

import java.util.Optional;
import zeroboot.ground.VisibleText;

/** What went wrong at a controller: one line that says what, with the maker's words, and a cure. */
public final class BmcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who can mend it. */
  public enum Kind {
    /** It does not answer. */
    SILENT,
    /** We were told to end. */
    INTERRUPTED,
    /** The connection broke: nobody knows whether what was asked for was done. */
    UNKNOWN,
    /** It is not the one that was seen first, or not vouched for. */
    CERTIFICATE,
    /** It does not let us in. */
    LOGIN,
    /** It said no. */
    REFUSED,
    /** It said yes, and nothing happened. */
    NO_EFFECT,
    /** Something of others is in the way. */
    OCCUPIED,
    /** It can do none of what is needed. */
    CANNOT
  }

  private final Kind kind;
  private final int status;
  private final transient Optional<Trouble> trouble;

  private BmcException(Kind kind, int status, Optional<Trouble> trouble, String message) {
    super(VisibleText.of(message));
    this.kind = kind;
    this.status = status;
    this.trouble = trouble;
  }

  /** Without an answer that says more. */
  public static BmcException of(Kind kind, String what, String mend) {
    return new BmcException(kind, 0, Optional.empty(), what + "; " + mend);
  }

  /**
   * An answer that is a refusal.
   *
   * @param what was asked for: {@code to insert into CD}
   */
  public static BmcException refused(String what, Answer answer) {
    return refused(what, answer.status(), Trouble.of(answer));
  }

  /** Likewise, of what it said. */
  static BmcException refused(String what, int status, Trouble trouble) {
    String message = what + " was refused: " + trouble.shown(status);
    return new BmcException(
        Kind.REFUSED, status, Optional.of(trouble), message + "; " + trouble.mend(status));
  }

  /** The kind. */
  public Kind kind() {
    return kind;
  }

  /** The status of HTTP; 0 where there was none. */
  public int status() {
    return status;
  }

  /** What the controller said of it. */
  public Optional<Trouble> trouble() {
    return trouble;
  }
}
