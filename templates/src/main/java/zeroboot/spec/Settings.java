package zeroboot.spec;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import zeroboot.ground.ZbootException;

/**
 * Settings that somebody gave, each with its place: an option, or a line of a profile. Every value
 * is canonical. Two are equal if their values are, wherever those came from.
 */
public final class Settings {
  /** Nothing given. */
  public static final Settings NONE = new Settings(Map.of());

  private final Map<Setting, Given> given;

  /**
   * The values of one setting.
   *
   * @param checked at least one; exactly one unless the setting is repeatable
   * @param origin for people: {@code --farm-id}, {@code farm.yaml:3:10}
   */
  public record Given(List<SettingType.Value> checked, String origin) {
    /** As they are written. */
    public List<String> values() {
      return checked.stream().map(SettingType.Value::text).toList();
    }
  }

  private Settings(Map<Setting, Given> given) {
    this.given = given;
  }

  /**
   * These settings and one more, which takes the place of an earlier one.
   *
   * @throws ZbootException (settings) if a value is not acceptable
   */
  public Settings with(Setting setting, List<String> values, String origin) {
    if (values.isEmpty() || (values.size() > 1 && !setting.isRepeatable())) {
      throw new IllegalArgumentException(setting.key() + ": " + values.size() + " values");
    }
    List<SettingType.Value> checked = values.stream().map(setting.type().reader()).toList();
    Map<Setting, Given> more = new EnumMap<>(Setting.class);
    more.putAll(given);
    more.put(setting, new Given(checked, origin));
    return new Settings(Collections.unmodifiableMap(more));
  }

  /** The same for a value without a place of its own, in tests and programs. */
  public Settings with(Setting setting, String... values) {
    return with(setting, List.of(values), setting.option());
  }

  /** These settings, and where {@code stronger} has one, that. */
  public Settings and(Settings stronger) {
    Map<Setting, Given> both = new EnumMap<>(Setting.class);
    both.putAll(given);
    both.putAll(stronger.given);
    return new Settings(Collections.unmodifiableMap(both));
  }

  /** Without what says no more than the default does. */
  Settings essential() {
    Map<Setting, Given> essential = new EnumMap<>(Setting.class);
    given.forEach(
        (setting, value) -> {
          String otherwise =
              setting.type().shape() == SettingType.Shape.FLAG
                  ? "false"
                  : setting.otherwise().orElse("");
          if (!value.values().equals(List.of(otherwise))) {
            essential.put(setting, value);
          }
        });
    return new Settings(Collections.unmodifiableMap(essential));
  }

  Settings without(Setting setting) {
    Map<Setting, Given> fewer = new EnumMap<>(Setting.class);
    fewer.putAll(given);
    fewer.remove(setting);
    return new Settings(Collections.unmodifiableMap(fewer));
  }

  /** What was given, in the order of the table. */
  public Set<Setting> keys() {
    return given.keySet();
  }

  /** What was given for a setting, and where. */
  public Optional<Given> given(Setting setting) {
    return Optional.ofNullable(given.get(setting));
  }

  /**
   * The values of a setting that were given, as what they are: checked once, where they were given.
   *
   * @param type the class of them in the table; words such as {@code dhcp} are left out
   */
  public <T> List<T> all(Setting setting, Class<T> type) {
    if (setting.type().values() != type) {
      throw new IllegalArgumentException(setting.key() + " is no " + type.getSimpleName());
    }
    return given(setting).map(Given::checked).orElse(List.of()).stream()
        .map(SettingType.Value::object)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The value of a setting, or its default, as what it is. */
  public <T> Optional<T> get(Setting setting, Class<T> type) {
    Optional<T> given = all(setting, type).stream().findFirst();
    return given.isPresent() || given(setting).isPresent()
        ? given
        : setting
            .otherwise()
            .map(text -> setting.type().reader().apply(text).object())
            .filter(type::isInstance)
            .map(type::cast);
  }

  /** All values of a setting; empty if it was not given. */
  public List<String> values(Setting setting) {
    return given(setting).map(Given::values).orElse(List.of());
  }

  /** The value, or the default. */
  public Optional<String> value(Setting setting) {
    return given(setting).map(g -> g.values().get(0)).or(setting::otherwise);
  }

  /** The value of a setting that has a default. */
  public String require(Setting setting) {
    return value(setting).orElseThrow(() -> new IllegalArgumentException(setting.key()));
  }

  /** A flag. */
  public boolean isSet(Setting setting) {
    return value(setting).filter("true"::equals).isPresent();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && plain().equals(that.plain());
  }

  @Override
  public int hashCode() {
    return plain().hashCode();
  }

  private Map<Setting, List<String>> plain() {
    Map<Setting, List<String>> plain = new EnumMap<>(Setting.class);
    given.forEach((setting, value) -> plain.put(setting, value.values()));
    return plain;
  }

  @Override
  public String toString() {
    return plain().toString();
  }
}
