package zeroboot.bmc.link;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A password. It is shown nowhere: whatever prints it prints stars. */
public final class Secret {
  /** What stands for every password. */
  public static final String STARS = "********";

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
    return value.length() < 4 ? text : text.replace(value, STARS);
  }

  @Override
  public String toString() {
    return STARS;
  }
}
