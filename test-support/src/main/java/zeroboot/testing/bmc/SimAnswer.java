package zeroboot.testing.bmc;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What a controller answers.
 *
 * @param status of HTTP; 0 cuts the connection instead
 * @param body empty for none
 */
record SimAnswer(int status, String body, Map<String, String> headers) {
  /** The connection is cut without a word. */
  static final SimAnswer CUT = new SimAnswer(0, "", Map.of());

  static SimAnswer of(int status, JsonObject body) {
    return new SimAnswer(status, body.toString(), Map.of("Content-Type", "application/json"));
  }

  static SimAnswer text(int status, String body) {
    return new SimAnswer(status, body, Map.of("Content-Type", "text/plain"));
  }

  static SimAnswer nothing() {
    return new SimAnswer(204, "", Map.of());
  }

  /** An error in the standard's form (DSP0266 section 8.6). */
  static SimAnswer error(int status, String messageId, String message, String... arguments) {
    return of(status, Sim.object("error", error(messageId, message, arguments)));
  }

  private static JsonObject error(String messageId, String message, String... arguments) {
    JsonArray list = new JsonArray();
    list.add(info(messageId, message, arguments));
    return Sim.object(
        "code",
        "Base.1.8.GeneralError",
        "message",
        "See the extended information.",
        "@Message.ExtendedInfo",
        list);
  }

  /** One entry of the extended information. */
  static JsonObject info(String messageId, String message, String... arguments) {
    JsonArray args = new JsonArray();
    for (String each : arguments) {
      args.add(each);
    }
    return Sim.object(
        "@odata.type",
        "#Message.v1_1_1.Message",
        "MessageId",
        messageId,
        "Message",
        message,
        "MessageArgs",
        args,
        "Severity",
        "Warning",
        "Resolution",
        "None.");
  }

  SimAnswer with(String header, String value) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(header, value);
    return new SimAnswer(status, body, Map.copyOf(all));
  }
}
