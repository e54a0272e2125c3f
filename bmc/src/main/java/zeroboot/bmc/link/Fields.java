package zeroboot.bmc.link;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading fields of JSON that nobody vouches for: what is not as expected is not there. */
public final class Fields {
  /** No controller is known with half as many of anything that is read one by one. */
  private static final int MOST_LINKS = 32;

  private Fields() {}

  /** A text, number or truth value as text; empty if it is none, or blank. */
  public static Optional<String> text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive() && !value.getAsString().isBlank()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  /** An object inside others; an empty one if it is not there. */
  public static JsonObject object(JsonObject object, String... names) {
    JsonObject at = object;
    for (String name : names) {
      at = at.get(name) instanceof JsonObject below ? below : new JsonObject();
    }
    return at;
  }

  /** Where a link leads. */
  public static Optional<String> link(JsonObject object, String name) {
    return text(object(object, name), "@odata.id").filter(path -> path.startsWith("/"));
  }

  /** The links of a list, the first of very many. */
  public static List<String> links(JsonObject object, String name) {
    List<String> links = new ArrayList<>();
    if (object.get(name) instanceof JsonArray array) {
      for (JsonElement each : array) {
        if (each instanceof JsonObject link) {
          text(link, "@odata.id").filter(path -> path.startsWith("/")).ifPresent(links::add);
        }
      }
    }
    return links.subList(0, Math.min(MOST_LINKS, links.size()));
  }

  /** The texts of a list. */
  public static List<String> texts(JsonObject object, String name) {
    List<String> texts = new ArrayList<>();
    if (object.get(name) instanceof JsonArray array) {
      for (JsonElement each : array) {
        if (each.isJsonPrimitive()) {
          texts.add(each.getAsString());
        }
      }
    }
    return texts;
  }

  /** Whether a field is true. */
  public static boolean isTrue(JsonObject object, String name) {
    return text(object, name).filter("true"::equalsIgnoreCase).isPresent();
  }
}
