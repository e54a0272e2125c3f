package zeroboot.cli.guide;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.cli.console.Dialogue;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/** What has been answered by now. An answer stays until another takes its place. */
final class Answers {
  private final Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);

  /** Keeps an answer; what says no more than the default is not worth a word of the command. */
  void keep(Setting setting, List<String> values) {
    settings.put(setting, values);
  }

  /** There is none any more. */
  void drop(Setting setting) {
    settings.remove(setting);
  }

  /** As it would be typed. */
  Optional<String> of(Setting setting) {
    return Optional.ofNullable(settings.get(setting)).map(values -> String.join(", ", values));
  }

  /** What they come to. */
  BootSpec spec() {
    Settings all = Settings.NONE;
    for (Map.Entry<Setting, List<String>> answer : settings.entrySet()) {
      all = all.with(answer.getKey(), answer.getValue(), Dialogue.YOUR_ANSWER);
    }
    return BootSpec.of(all);
  }

  /** The same as options. */
  List<String> options() {
    List<String> words = new ArrayList<>();
    settings.forEach(
        (setting, values) -> {
          if (!values.equals(setting.otherwise().map(List::of).orElse(List.of()))) {
            values.forEach(value -> words.addAll(List.of(setting.option(), value)));
          }
        });
    return words;
  }
}
