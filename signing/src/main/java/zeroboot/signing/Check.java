package zeroboot.signing;

/**
 * One thing that was checked.
 *
 * @param result how it came out
 * @param what was checked: {@code script}
 * @param says what was found, and what to do if it failed
 */
public record Check(Result result, String what, String says) {
  /** How a check came out. */
  public enum Result {
    /** As it should be. */
    OK,
    /** Nothing to check, or nothing to compare with. */
    NOTE,
    /** Not as it should be. */
    FAILED
  }

  static Check ok(String what, String says) {
    return new Check(Result.OK, what, says);
  }

  static Check note(String what, String says) {
    return new Check(Result.NOTE, what, says);
  }

  static Check failed(String what, String says) {
    return new Check(Result.FAILED, what, says);
  }
}
