package zeroboot.cli.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The few colours of zboot: of 16, as a Linux console has them. A word never says by its colour
 * alone what it means.
 */
public enum Paint {
  PLAIN,
  COLOURED;

  /** The option that decides. */
  public static final String OPTION = "--color";

  /** When to use colours. */
  public enum When {
    AUTO,
    ALWAYS,
    NEVER;

    public static Optional<When> of(String word) {
      return Arrays.stream(values())
          .filter(when -> when.word().equals(word.toLowerCase(Locale.ROOT)))
          .findFirst();
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the user says with {@code --color}; else the environment; else whether a terminal shows
   * it.
   */
  public static Paint of(When when, Map<String, String> environment, boolean isTerminal) {
    return switch (when) {
      case ALWAYS -> COLOURED;
      case NEVER -> PLAIN;
      case AUTO -> of(environment, isTerminal);
    };
  }

  private static Paint of(Map<String, String> environment, boolean isTerminal) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return PLAIN;
    }
    String force = environment.getOrDefault("CLICOLOR_FORCE", "0");
    if (!force.isEmpty() && !force.equals("0")) {
      return COLOURED;
    }
    String terminal = environment.getOrDefault("TERM", "dumb");
    boolean isOff = environment.getOrDefault("CLICOLOR", "1").equals("0");
    return isTerminal && !terminal.equals("dumb") && !isOff ? COLOURED : PLAIN;
  }

  /** What the arguments ask for; they are looked at before anything can be said in colour. */
  public static When asked(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    When asked = When.AUTO;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(OPTION + "=")) {
        asked = When.of(word.substring(OPTION.length() + 1)).orElse(asked);
      } else if (word.equals(OPTION) && i + 1 < words.size()) {
        asked = When.of(words.get(i + 1)).orElse(asked);
      }
    }
    return asked;
  }

  boolean isColoured() {
    return this == COLOURED;
  }

  public String good(String text) {
    return painted("32", text);
  }

  public String bad(String text) {
    return painted("1;31", text);
  }

  String warning(String text) {
    return painted("33", text);
  }

  public String strong(String text) {
    return painted("1", text);
  }

  /** Select Graphic Rendition, ECMA-48 §8.3.117; only a {@link ShownStream} understands it. */
  private String painted(String attributes, String text) {
    return isColoured()
        ? Shown.control("[" + attributes + "m") + text + Shown.control("[0m")
        : text;
  }
}
