package zeroboot.spec;

import java.util.Optional;

/**
 * What the table says of one setting.
 *
 * @param key its name in a profile, and behind {@code --} on the command line
 * @param placeholder what stands for its value in lists of options; empty for a flag
 * @param group where it belongs
 * @param type what it may be
 * @param description one sentence
 * @param otherwise the value where nobody gives one
 * @param isRepeatable whether it may be given several times
 * @param question what a guide asks for it, if it does
 */
record SettingRow(
    String key,
    String placeholder,
    Setting.Group group,
    SettingType type,
    String description,
    Optional<String> otherwise,
    boolean isRepeatable,
    Optional<String> question) {

  static SettingRow of(
      String key, String placeholder, Setting.Group group, SettingType type, String description) {
    return new SettingRow(
        key, placeholder, group, type, description, Optional.empty(), false, Optional.empty());
  }

  SettingRow otherwise(String value) {
    return new SettingRow(
        key, placeholder, group, type, description, Optional.of(value), isRepeatable, question);
  }

  SettingRow many() {
    return new SettingRow(key, placeholder, group, type, description, otherwise, true, question);
  }

  SettingRow asked(String text) {
    return new SettingRow(
        key, placeholder, group, type, description, otherwise, isRepeatable, Optional.of(text));
  }
}
