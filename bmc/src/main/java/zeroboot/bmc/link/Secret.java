package zeroboot.bmc.link;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** A password. It is shown nowhere: whatever prints it prints stars. */
public final class Secret {
  /** What stands for every password. */
  public static final String STARS = "********";

  /** A shorter one is taken out as a word of its own alone: letters of it are in every text. */
  private static final int SHORT = 4;

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The body of a login (DSP0266 section 13.3.4.2). */
  JsonObject login(String user) {
    JsonObject body = new JsonObject();
    body.addProperty("UserName", user);
    body.addProperty("Password", value);
    return body;
  }

  /** The header of RFC 7617. */
  String basic(String user) {
    byte[] pair = (user + ":" + value).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** A text of a controller with the password taken out, should it repeat it. */
  String without(String text) {
    if (value.isEmpty()) {
      return text;
    }
    String masked =
        value.length() < SHORT
            ? text.replaceAll(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])", STARS)
            : text.replace(value, STARS);
    String quoted = new JsonPrimitive(value).toString();
    return masked
        .replace(quoted.substring(1, quoted.length() - 1), STARS)
        .replace(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)), STARS);
  }

  @Override
  public String toString() {
    return STARS;
  }
}
