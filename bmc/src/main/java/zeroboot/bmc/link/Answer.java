package zeroboot.bmc.link;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of a controller.
 *
 * @param status of HTTP
 * @param headers with names in lower case; the first of each name
 * @param text the body as it came, at most some megabytes
 */
public record Answer(int status, Map<String, String> headers, String text) {
  private static final int LEAST_ERROR = 400;

  /** Whether it says that all is well, which need not be so. */
  public boolean isGood() {
    return status < LEAST_ERROR;
  }

  /** The body; an empty object where it is no object. */
  public JsonObject json() {
    try {
      JsonElement parsed = text.isBlank() ? new JsonObject() : JsonParser.parseString(text);
      return parsed instanceof JsonObject object ? object : new JsonObject();
    } catch (JsonParseException | NumberFormatException | StackOverflowError e) {
      return new JsonObject();
    }
  }

  /** The tag of what it shows: of the header, else of the body; an empty one is none. */
  public Optional<String> tag() {
    return Optional.ofNullable(headers.get("etag"))
        .or(() -> Fields.text(json(), "@odata.etag"))
        .filter(tag -> !tag.isBlank() && !tag.equals("\"\"") && !tag.equals("W/\"\""));
  }

  /** Where it leads: a task, a session, a new place. */
  public Optional<String> location() {
    return Optional.ofNullable(headers.get("location")).filter(place -> !place.isBlank());
  }
}
