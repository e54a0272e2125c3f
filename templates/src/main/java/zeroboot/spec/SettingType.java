package zeroboot.spec;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import zeroboot.ground.Spelling;
import zeroboot.ground.ZbootException;

/**
 * What the value of a setting may be.
 *
 * @param shape how it is written
 * @param min smallest number, for {@link Shape#NUMBER}
 * @param max largest number, likewise
 * @param choices the canonical words, if there is a list of them
 * @param offers what completion offers; empty if only the user can know a value
 * @param values the class of values; a word that stands beside them, such as {@code dhcp}, is a
 *     string
 * @param reader checks what was written; throws {@link ZbootException} (settings)
 */
public record SettingType(
    Shape shape,
    long min,
    long max,
    List<String> choices,
    List<String> offers,
    Class<?> values,
    Function<String, Value> reader) {
  /** How values are written in a profile. */
  public enum Shape {
    /** {@code true} or {@code false}; on the command line an option without value. */
    FLAG,
    /** A whole number. */
    NUMBER,
    /** Anything else. */
    TEXT
  }

  /**
   * A value that was checked.
   *
   * @param object what the program goes on with
   * @param text the one way to write it
   */
  public record Value(Object object, String text) {}

  /** Checks a value and gives it the one form that everything else sees. */
  public UnaryOperator<String> canonical() {
    return text -> reader.apply(text).text();
  }

  /** Text that has no class of its own. */
  static SettingType text(UnaryOperator<String> canonical) {
    return text(String.class, canonical);
  }

  /** Values that say themselves how they are written. */
  static <T> SettingType text(Class<T> values, Function<String, T> parse) {
    return new SettingType(
        Shape.TEXT, 0, 0, List.of(), List.of(), values, read(parse, Object::toString));
  }

  /** One of these words. */
  static SettingType choice(String what, String... words) {
    return choice(String.class, List.of(words), oneOf(what, words), word -> word);
  }

  private static UnaryOperator<String> oneOf(String what, String... words) {
    List<String> choices = List.of(words);
    return text -> {
      if (!choices.contains(text)) {
        throw ZbootException.settings(
            what + " '" + text + "'", "there is no such value", Spelling.mend(text, choices));
      }
      return text;
    };
  }

  /** One of these values, by its word or by another name that {@code parse} knows. */
  static <T> SettingType choice(
      Class<T> values, List<T> all, Function<String, T> parse, Function<T, String> shown) {
    List<String> choices = all.stream().map(shown).toList();
    return new SettingType(Shape.TEXT, 0, 0, choices, choices, values, read(parse, shown));
  }

  static SettingType flag(String what) {
    return new SettingType(
        Shape.FLAG,
        0,
        0,
        List.of(),
        List.of(),
        Boolean.class,
        read(
            text -> {
              if (!text.equals("true") && !text.equals("false")) {
                throw ZbootException.settings(
                    what + " '" + text + "'", "is neither true nor false", "use one of the two");
              }
              return text.equals("true");
            },
            Object::toString));
  }

  static SettingType number(String what, int min, int max) {
    return number(
        min,
        max,
        Integer.class,
        text -> {
          Optional<Long> value = wholeNumber(text);
          if (value.isEmpty() || value.get() < min || value.get() > max) {
            throw ZbootException.settings(
                what + " '" + text + "'",
                "is not a whole number from " + min + " to " + max,
                "give one in that range");
          }
          return value.get().intValue();
        });
  }

  static <T> SettingType number(long min, long max, Class<T> values, Function<String, T> parse) {
    return new SettingType(
        Shape.NUMBER, min, max, List.of(), List.of(), values, read(parse, Object::toString));
  }

  /** These, for completion. */
  SettingType offering(String... words) {
    return new SettingType(shape, min, max, choices, List.of(words), values, reader);
  }

  /** The same, or a word that says that there is none of them. */
  SettingType orWord(String word) {
    return new SettingType(
        shape,
        min,
        max,
        choices,
        List.of(word),
        values,
        text -> text.equals(word) ? new Value(word, word) : reader.apply(text));
  }

  private static <T> Function<String, Value> read(
      Function<String, T> parse, Function<? super T, String> shown) {
    return text -> {
      T value = parse.apply(text);
      return new Value(value, shown.apply(value));
    };
  }

  private static Optional<Long> wholeNumber(String text) {
    return text.matches("\\d{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
