package zeroboot.reach;

/**
 * One thing that was found out about a server or a file.
 *
 * @param result what it means for the node
 * @param about what was looked at: {@code name}, {@code connection}, {@code TLS}, …
 * @param says a clause for people
 */
public record Found(Result result, String about, String says) {
  /** What a node makes of it. */
  public enum Result {
    OK,
    /** It works, but may not everywhere. */
    NOTE,
    /** A node would not get its kernel. */
    FAILED
  }

  static Found ok(String about, String says) {
    return new Found(Result.OK, about, says);
  }

  static Found note(String about, String says) {
    return new Found(Result.NOTE, about, says);
  }

  static Found failed(String about, String says) {
    return new Found(Result.FAILED, about, says);
  }
}
