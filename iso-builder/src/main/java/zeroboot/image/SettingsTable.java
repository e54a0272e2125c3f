package zeroboot.image;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Locale;
import zeroboot.spec.Setting;
import zeroboot.spec.SettingType;

/** The table of settings, for programs. */
public final class SettingsTable {
  private SettingsTable() {}

  /** A field {@code settings}, into an object that the caller has begun. */
  public static void write(JsonWriter json) throws IOException {
    json.name("settings").beginArray();
    for (Setting setting : Setting.values()) {
      SettingType type = setting.type();
      json.beginObject();
      json.name("key").value(setting.key());
      json.name("option").value(setting.option());
      json.name("group").value(setting.group().title());
      json.name("description").value(setting.description());
      json.name("type").value(type.shape().name().toLowerCase(Locale.ROOT));
      if (type.shape() == SettingType.Shape.NUMBER) {
        json.name("minimum").value(type.min());
        json.name("maximum").value(type.max());
      }
      if (!type.choices().isEmpty()) {
        json.name("choices").beginArray();
        for (String choice : type.choices()) {
          json.value(choice);
        }
        json.endArray();
      }
      if (setting.otherwise().isPresent()) {
        json.name("default").value(setting.otherwise().get());
      }
      json.name("repeatable").value(setting.isRepeatable());
      json.endObject();
    }
    json.endArray();
  }
}
