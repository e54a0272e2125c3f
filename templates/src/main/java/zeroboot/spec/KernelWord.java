package zeroboot.spec;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A key of the kernel's command line that is a setting's.
 *
 * @param key as Zero-OS knows it
 * @param value what Zero-OS calls a value of the setting; the setting has to take that for it
 */
public record KernelWord(String key, UnaryOperator<String> value) {
  /** A word for each value, or for a flag the key alone. */
  List<KernelArgument> write(Setting setting, Settings settings) {
    if (setting.type().shape() == SettingType.Shape.FLAG) {
      return settings.isSet(setting) ? List.of(new KernelArgument(key)) : List.of();
    }
    List<String> values = settings.values(setting);
    return (values.isEmpty() ? setting.otherwise().stream() : values.stream())
        .map(text -> KernelArgument.of(key, value.apply(text)))
        .toList();
  }

  /** What a word of this key says of the setting. */
  static String read(KernelArgument argument) {
    int equals = argument.word().indexOf('=');
    return equals < 0 ? "true" : argument.word().substring(equals + 1);
  }
}
