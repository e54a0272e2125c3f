package zeroboot.medium;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.image.SettingsRecord;
import zeroboot.spec.BootSpec;
import zeroboot.spec.NodeName;
import zeroboot.spec.Rack;
import zeroboot.spec.Setting;
import zeroboot.spec.Settings;

/**
 * What {@code ZBOOT.JSN} says that a medium was made for: a guess, where the scripts are damaged.
 */
final class RecordedRack {
  private static final String BEGINNING = "{\n  \"zboot\": ";

  private RecordedRack() {}

  /** The record in a medium whose file system may be damaged. */
  static Optional<byte[]> hunt(byte[] medium) {
    String all = new String(medium, StandardCharsets.ISO_8859_1);
    int at = all.indexOf(BEGINNING);
    int end = at < 0 ? -1 : all.indexOf("\n}\n", at);
    return end < 0
        ? Optional.empty()
        : Optional.of(all.substring(at, end + 3).getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * What it was made for; empty if the record says nothing that zboot would make, or counts nodes
   * that only the script lists.
   */
  static Optional<Rack> of(byte[] record) {
    try {
      JsonObject json =
          JsonParser.parseString(new String(record, StandardCharsets.UTF_8)).getAsJsonObject();
      return json.has(SettingsRecord.NODE_COUNT)
          ? Optional.empty()
          : Optional.of(Rack.of(spec(json)));
    } catch (ZbootException
        | JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | ClassCastException
        | UnsupportedOperationException
        | NullPointerException e) {
      return Optional.empty(); // a record that was edited, or is damaged
    }
  }

  private static BootSpec spec(JsonObject json) {
    Settings settings = Settings.NONE;
    for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject("settings").entrySet()) {
      Setting setting = Setting.of(entry.getKey()).orElseThrow(IllegalArgumentException::new);
      List<String> values = new ArrayList<>();
      if (entry.getValue().isJsonArray()) {
        entry.getValue().getAsJsonArray().forEach(value -> values.add(value.getAsString()));
      } else {
        values.add(entry.getValue().getAsString());
      }
      settings = settings.with(setting, values, setting.option());
    }
    Optional<NodeName> name =
        json.has("node")
            ? Optional.of(new NodeName(json.get("node").getAsString()))
            : Optional.empty();
    return new BootSpec(settings, name);
  }
}
