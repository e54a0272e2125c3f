package zeroboot.spec;

import java.util.Optional;

/**
 * One word of the kernel command line, {@code key} or {@code key=value}; the value may be quoted
 * and then hold single spaces.
 *
 * @param word as it will stand on the command line
 */
public record KernelArgument(String word) {
  private static final String MEND = "give each word of its own, like --kernel-arg panic=60";

  /**
   * Refuses what the script or one of the two readers on the node would take for something else.
   */
  public KernelArgument {
    trouble(word)
        .ifPresent(
            what -> {
              throw ZbootException.settings("kernel argument '" + word + "'", what, MEND);
            });
  }

  /** Reads what a user typed. */
  public static KernelArgument parse(String text) {
    return new KernelArgument(text);
  }

  /** An argument of this key and value. */
  public static KernelArgument of(String key, Object value) {
    return new KernelArgument(key + "=" + value);
  }

  /** What stands before the first {@code =}, or the whole word. */
  public String key() {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }

  private static Optional<String> trouble(String text) {
    Optional<String> inScript = ScriptText.trouble(text);
    if (inScript.isPresent()) {
      return inScript;
    }
    if (text.startsWith("=")) {
      return Optional.of("has no key before '='");
    }
    char open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (open == 0 && c == ' ') {
        return Optional.of("holds a space outside quotes, so it is more than one word");
      }
      if (c == '"' || c == '\'') {
        open = open == 0 ? c : open == c ? 0 : open;
      }
    }
    return open == 0 ? Optional.empty() : Optional.of("has a quote that is never closed");
  }

  @Override
  public String toString() {
    return word;
  }
}
