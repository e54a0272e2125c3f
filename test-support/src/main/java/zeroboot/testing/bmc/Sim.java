package zeroboot.testing.bmc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** JSON in few words. */
final class Sim {
  private Sim() {}

  /** An object of names and values in turn; a null value is written as null. */
  static JsonObject object(@Nullable Object... namesAndValues) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.add(String.valueOf(namesAndValues[i]), value(namesAndValues[i + 1]));
    }
    return object;
  }

  private static JsonElement value(@Nullable Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof JsonElement json) {
      return json;
    }
    if (value instanceof Collection<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(each -> array.add(value(each)));
      return array;
    }
    if (value instanceof Boolean truth) {
      return new JsonPrimitive(truth);
    }
    return value instanceof Number number
        ? new JsonPrimitive(number)
        : new JsonPrimitive(value.toString());
  }

  /** A link to a resource. */
  static JsonObject link(String path) {
    return object("@odata.id", path);
  }

  /** A collection of links. */
  static JsonObject collection(String path, String type, Collection<String> members) {
    return object(
        "@odata.id",
        path,
        "@odata.type",
        "#" + type + "." + type,
        "Name",
        type,
        "Members@odata.count",
        members.size(),
        "Members",
        members.stream().map(Sim::link).toList());
  }

  /** A text of an object, or null. */
  static @Nullable String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || !value.isJsonPrimitive() ? null : value.getAsString();
  }
}
