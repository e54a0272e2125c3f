package zeroboot.spec;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the value of a setting may be.
 *
 * @param shape how it is written
 * @param min smallest number, for {@link Shape#NUMBER}
 * @param max largest number, likewise
 * @param choices the canonical words, if there is a list of them
 * @param canonical checks a value and gives it the one form that everything else sees; throws
 *     {@link ZbootException} (settings)
 */
public record SettingType(
    Shape shape, long min, long max, List<String> choices, UnaryOperator<String> canonical) {
  /** How values are written in a profile. */
  public enum Shape {
    /** {@code true} or {@code false}; on the command line an option without value. */
    FLAG,
    /** A whole number. */
    NUMBER,
    /** Anything else. */
    TEXT
  }

  static SettingType text(UnaryOperator<String> canonical) {
    return new SettingType(Shape.TEXT, 0, 0, List.of(), canonical);
  }

  /** One of these words. */
  static SettingType choice(String what, String... words) {
    List<String> choices = List.of(words);
    return choice(
        choices,
        text -> {
          if (!choices.contains(text)) {
            throw ZbootException.settings(
                what + " '" + text + "'", "there is no such value", Spelling.mend(text, choices));
          }
          return text;
        });
  }

  /** One of these words, or one that {@code canonical} takes for one of them. */
  static SettingType choice(List<String> choices, UnaryOperator<String> canonical) {
    return new SettingType(Shape.TEXT, 0, 0, choices, canonical);
  }

  static SettingType flag(String what) {
    return new SettingType(
        Shape.FLAG,
        0,
        0,
        List.of(),
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw ZbootException.settings(
                what + " '" + text + "'", "is neither true nor false", "use one of the two");
          }
          return text;
        });
  }

  static SettingType number(String what, long min, long max) {
    return number(
        min,
        max,
        text -> {
          Optional<Long> value = wholeNumber(text);
          if (value.isEmpty() || value.get() < min || value.get() > max) {
            throw ZbootException.settings(
                what + " '" + text + "'",
                "is no whole number from " + min + " to " + max,
                "give one in that range");
          }
          return value.get().toString();
        });
  }

  static SettingType number(long min, long max, UnaryOperator<String> canonical) {
    return new SettingType(Shape.NUMBER, min, max, List.of(), canonical);
  }

  private static Optional<Long> wholeNumber(String text) {
    return text.matches("\\d{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
