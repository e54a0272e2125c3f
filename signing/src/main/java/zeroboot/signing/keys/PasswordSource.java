package zeroboot.signing.keys;

/** Where the password of a key file comes from. It is asked only if there is something to open. */
@FunctionalInterface
public interface PasswordSource {
  /**
   * The password, a fresh array that the caller clears.
   *
   * @param what names the file or token, for a prompt and for errors
   */
  char[] password(String what);
}
