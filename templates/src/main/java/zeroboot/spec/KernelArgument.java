package zeroboot.spec;

import java.util.Optional;
import zeroboot.ground.ZbootException;

/**
 * One word of the kernel command line, {@code key} or {@code key=value}; it may hold double quotes
 * and single spaces between them.
 *
 * <p>A node has two readers. Linux takes double quotes off around a word or a value (lib/cmdline.c,
 * {@code next_arg}); Zero-OS splits {@code /proc/cmdline} as a shell would, so it also takes off
 * double quotes inside a word, single quotes and backslashes. What the two would read differently
 * is refused, and keys are compared as they are read.
 *
 * @param word as it will stand on the command line
 */
public record KernelArgument(String word) {
  private static final String MEND = "give each word of its own, like --kernel-arg panic=60";

  /**
   * Refuses what the script or one of the two readers on the node would take for something else.
   */
  public KernelArgument {
    objection(word)
        .ifPresent(
            what -> {
              throw refuse(word, what, MEND);
            });
  }

  /** An argument of this key and value. */
  public static KernelArgument of(String key, Object value) {
    return new KernelArgument(key + "=" + value);
  }

  /** What stands before the first {@code =}, or the whole word, without quotes. */
  public String key() {
    return keyOf(word);
  }

  static String keyOf(String word) {
    String read = word.replace("\"", "");
    int equals = read.indexOf('=');
    return equals < 0 ? read : read.substring(0, equals);
  }

  private static Optional<String> objection(String text) {
    Optional<String> inScript = ScriptText.objection(text);
    if (inScript.isPresent()) {
      return inScript;
    }
    if (text.contains("'") || text.contains("\\")) {
      return Optional.of(
          "holds a single quote or a backslash, which Linux keeps and Zero-OS takes off");
    }
    if (keyOf(text).isEmpty()) {
      return Optional.of("has no key before '='");
    }
    boolean isOpen = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isOpen && c == ' ') {
        return Optional.of("holds a space outside quotes, so it is more than one word");
      }
      isOpen ^= c == '"';
    }
    return isOpen ? Optional.of("has a quote that is never closed") : Optional.empty();
  }

  private static ZbootException refuse(String word, String what, String mend) {
    return ZbootException.settings("kernel argument '" + word + "'", what, mend);
  }

  @Override
  public String toString() {
    return word;
  }
}
